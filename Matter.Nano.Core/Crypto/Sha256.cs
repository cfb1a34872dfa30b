using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// SHA-256 (FIPS 180-4). Own state, no static; a running transcript owns one. Time depends on lengths only.
    /// </summary>
    public sealed class Sha256
    {
        /// <summary>Length of a hash in bytes.</summary>
        public const int HashLength = 32;

        /// <summary>Length of a block in bytes.</summary>
        public const int BlockLength = 64;

        private readonly uint[] _state = new uint[8];
        private readonly byte[] _block = new byte[BlockLength];
        private long _length;   // bytes hashed; the last _length % 64 of them wait in _block
        private ICryptoLibrary _library;   // null: managed code only

        /// <summary>Uses managed code.</summary>
        public Sha256()
        {
        }

        /// <summary>Leaves one-shot hashes to the platform's library.</summary>
        /// <param name="library">The platform's SHA-256 or null.</param>
        public Sha256(ICryptoLibrary library) { _library = library; }

        /// <summary>Blocks hashed by managed code so far: what one costs is known, so they measure how long a caller took.</summary>
        public int BlockCount { get; private set; }

        /// <summary>Starts a new hash.</summary>
        public void Start()
        {
            uint[] state = _state;
            state[0] = 0x6a09e667;
            state[1] = 0xbb67ae85;
            state[2] = 0x3c6ef372;
            state[3] = 0xa54ff53a;
            state[4] = 0x510e527f;
            state[5] = 0x9b05688c;
            state[6] = 0x1f83d9ab;
            state[7] = 0x5be0cd19;
            _length = 0;
        }

        /// <summary>Adds bytes.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Update(byte[] buffer, int offset, int length)
        {
            int used = (int)_length & (BlockLength - 1);
            _length += length;
            while (length > 0)
            {
                int part = BlockLength - used;
                if (part > length) part = length;
                Array.Copy(buffer, offset, _block, used, part);
                used += part;
                offset += part;
                length -= part;
                if (used < BlockLength) return;
                Compress(0);
                used = 0;
            }
        }

        /// <summary>Ends the hash, writes it and wipes the state. Call <see cref="Start"/> before the next one.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        public void Finish(byte[] hash, int hashOffset)
        {
            byte[] block = _block;
            uint[] state = _state;
            ulong bits = (ulong)_length << 3;
            int used = (int)_length & (BlockLength - 1);
            block[used++] = 0x80;
            Array.Clear(block, used, BlockLength - used);
            if (used > BlockLength - 8)
            {
                Compress(0);
                Array.Clear(block, 0, BlockLength);
            }
            for (int i = BlockLength - 1; bits != 0; i--)
            {
                block[i] = (byte)bits;
                bits >>= 8;
            }
            Compress(0);
            for (int i = 0; i < 8; i++)
            {
                uint word = state[i];
                hash[hashOffset] = (byte)(word >> 24);
                hash[hashOffset + 1] = (byte)(word >> 16);
                hash[hashOffset + 2] = (byte)(word >> 8);
                hash[hashOffset + 3] = (byte)word;
                hashOffset += 4;
            }
            Wipe();
        }

        /// <summary>Hashes one range; output and input may overlap.</summary>
        /// <param name="hash">Receives 32 bytes.</param>
        /// <param name="hashOffset">Where they go.</param>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void Hash(byte[] hash, int hashOffset, byte[] buffer, int offset, int length)
        {
            if (_library != null)
            {
                if (_library.Sha256(hash, hashOffset, buffer, offset, length) >= 0) return;
                _library = null;
            }
            Start();
            Update(buffer, offset, length);
            Finish(hash, hashOffset);
        }

        /// <summary>Takes over another hash's running state, so that a transcript can be finished and continued.</summary>
        /// <param name="other">The running hash; unchanged.</param>
        public void CopyFrom(Sha256 other)
        {
            Array.Copy(other._state, 0, _state, 0, 8);
            Array.Copy(other._block, 0, _block, 0, BlockLength);
            _length = other._length;
        }

        /// <summary>Forgets what was hashed, as <see cref="Finish"/> does: for a hash that is given up.</summary>
        public void Wipe()
        {
            Array.Clear(_state, 0, 8);
            Array.Clear(_block, 0, BlockLength);
            _length = 0;
        }

        /// <summary>Hashes one block and copies the state out: 8 words, to <see cref="StartFromBlock"/> with.</summary>
        /// <param name="block">Holds 64 bytes.</param>
        /// <param name="mask">What each eight of them are masked with by exclusive or: HMAC's pads.</param>
        /// <param name="state">Receives the state.</param>
        internal void HashBlock(byte[] block, ulong mask, uint[] state)
        {
            Start();
            Array.Copy(block, 0, _block, 0, BlockLength);
            Compress(mask);
            Array.Copy(_state, 0, state, 0, 8);
        }

        /// <summary>Starts from a state that <see cref="HashBlock"/> copied out.</summary>
        internal void StartFromBlock(uint[] state)
        {
            Array.Copy(state, 0, _state, 0, 8);
            _length = BlockLength;
        }

        // One block, unrolled. A working variable v holds its 32 bits twice, so that v >> n carries v rotated by n in its low
        // half: 3 instructions of the interpreter instead of 7. Sums are right in their low half; (uint)sum * twice makes a
        // variable of them again. Of the schedule, w is the plain word and v the doubled one. The stray bit 32 of the round
        // constants keeps them from being loaded as an int and a conversion. Each two words of the block are masked by exclusive or.
        private void Compress(ulong mask)
        {
            byte[] block = _block;
            uint[] state = _state;
            BlockCount++;
            ulong twice = 0x1_00000001;
            ulong t;
            ulong a = state[0] * twice, b = state[1] * twice, c = state[2] * twice, d = state[3] * twice;
            ulong e = state[4] * twice, f = state[5] * twice, g = state[6] * twice, h = state[7] * twice;
            // Two words of the block at once: bytes swapped, then halves, in each of both.
            ulong bytes = 0x00FF00FF00FF00FF, halves = 0x0000FFFF0000FFFF;
            t = BitConverter.ToUInt64(block, 0) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w0 = (uint)t, v0, w1 = t >> 32, v1 = w1 * twice;
            t = BitConverter.ToUInt64(block, 8) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w2 = (uint)t, v2 = w2 * twice, w3 = t >> 32, v3 = w3 * twice;
            t = BitConverter.ToUInt64(block, 16) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w4 = (uint)t, v4 = w4 * twice, w5 = t >> 32, v5 = w5 * twice;
            t = BitConverter.ToUInt64(block, 24) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w6 = (uint)t, v6 = w6 * twice, w7 = t >> 32, v7 = w7 * twice;
            t = BitConverter.ToUInt64(block, 32) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w8 = (uint)t, v8 = w8 * twice, w9 = t >> 32, v9 = w9 * twice;
            t = BitConverter.ToUInt64(block, 40) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w10 = (uint)t, v10 = w10 * twice, w11 = t >> 32, v11 = w11 * twice;
            t = BitConverter.ToUInt64(block, 48) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w12 = (uint)t, v12 = w12 * twice, w13 = t >> 32, v13 = w13 * twice;
            t = BitConverter.ToUInt64(block, 56) ^ mask; t = (t & bytes) << 8 | t >> 8 & bytes; t = (t & halves) << 16 | t >> 16 & halves;
            ulong w14 = (uint)t, v14 = w14 * twice, w15 = t >> 32, v15 = w15 * twice;

            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_428a2f98 + w0;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_71374491 + w1;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_b5c0fbcf + w2;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_e9b5dba5 + w3;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_3956c25b + w4;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_59f111f1 + w5;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_923f82a4 + w6;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_ab1c5ed5 + w7;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_d807aa98 + w8;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_12835b01 + w9;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_243185be + w10;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_550c7dc3 + w11;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_72be5d74 + w12;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_80deb1fe + w13;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_9bdc06a7 + w14;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_c19bf174 + w15;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;

            w0 = (uint)(w0 + (v1 >> 7 ^ v1 >> 18 ^ w1 >> 3) + w9 + (v14 >> 17 ^ v14 >> 19 ^ w14 >> 10)); v0 = w0 * twice;
            w1 = (uint)(w1 + (v2 >> 7 ^ v2 >> 18 ^ w2 >> 3) + w10 + (v15 >> 17 ^ v15 >> 19 ^ w15 >> 10)); v1 = w1 * twice;
            w2 = (uint)(w2 + (v3 >> 7 ^ v3 >> 18 ^ w3 >> 3) + w11 + (v0 >> 17 ^ v0 >> 19 ^ w0 >> 10)); v2 = w2 * twice;
            w3 = (uint)(w3 + (v4 >> 7 ^ v4 >> 18 ^ w4 >> 3) + w12 + (v1 >> 17 ^ v1 >> 19 ^ w1 >> 10)); v3 = w3 * twice;
            w4 = (uint)(w4 + (v5 >> 7 ^ v5 >> 18 ^ w5 >> 3) + w13 + (v2 >> 17 ^ v2 >> 19 ^ w2 >> 10)); v4 = w4 * twice;
            w5 = (uint)(w5 + (v6 >> 7 ^ v6 >> 18 ^ w6 >> 3) + w14 + (v3 >> 17 ^ v3 >> 19 ^ w3 >> 10)); v5 = w5 * twice;
            w6 = (uint)(w6 + (v7 >> 7 ^ v7 >> 18 ^ w7 >> 3) + w15 + (v4 >> 17 ^ v4 >> 19 ^ w4 >> 10)); v6 = w6 * twice;
            w7 = (uint)(w7 + (v8 >> 7 ^ v8 >> 18 ^ w8 >> 3) + w0 + (v5 >> 17 ^ v5 >> 19 ^ w5 >> 10)); v7 = w7 * twice;
            w8 = (uint)(w8 + (v9 >> 7 ^ v9 >> 18 ^ w9 >> 3) + w1 + (v6 >> 17 ^ v6 >> 19 ^ w6 >> 10)); v8 = w8 * twice;
            w9 = (uint)(w9 + (v10 >> 7 ^ v10 >> 18 ^ w10 >> 3) + w2 + (v7 >> 17 ^ v7 >> 19 ^ w7 >> 10)); v9 = w9 * twice;
            w10 = (uint)(w10 + (v11 >> 7 ^ v11 >> 18 ^ w11 >> 3) + w3 + (v8 >> 17 ^ v8 >> 19 ^ w8 >> 10)); v10 = w10 * twice;
            w11 = (uint)(w11 + (v12 >> 7 ^ v12 >> 18 ^ w12 >> 3) + w4 + (v9 >> 17 ^ v9 >> 19 ^ w9 >> 10)); v11 = w11 * twice;
            w12 = (uint)(w12 + (v13 >> 7 ^ v13 >> 18 ^ w13 >> 3) + w5 + (v10 >> 17 ^ v10 >> 19 ^ w10 >> 10)); v12 = w12 * twice;
            w13 = (uint)(w13 + (v14 >> 7 ^ v14 >> 18 ^ w14 >> 3) + w6 + (v11 >> 17 ^ v11 >> 19 ^ w11 >> 10)); v13 = w13 * twice;
            w14 = (uint)(w14 + (v15 >> 7 ^ v15 >> 18 ^ w15 >> 3) + w7 + (v12 >> 17 ^ v12 >> 19 ^ w12 >> 10)); v14 = w14 * twice;
            w15 = (uint)(w15 + (v0 >> 7 ^ v0 >> 18 ^ w0 >> 3) + w8 + (v13 >> 17 ^ v13 >> 19 ^ w13 >> 10)); v15 = w15 * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_e49b69c1 + w0;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_efbe4786 + w1;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_0fc19dc6 + w2;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_240ca1cc + w3;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_2de92c6f + w4;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_4a7484aa + w5;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_5cb0a9dc + w6;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_76f988da + w7;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_983e5152 + w8;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_a831c66d + w9;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_b00327c8 + w10;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_bf597fc7 + w11;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_c6e00bf3 + w12;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_d5a79147 + w13;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_06ca6351 + w14;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_14292967 + w15;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;

            w0 = (uint)(w0 + (v1 >> 7 ^ v1 >> 18 ^ w1 >> 3) + w9 + (v14 >> 17 ^ v14 >> 19 ^ w14 >> 10)); v0 = w0 * twice;
            w1 = (uint)(w1 + (v2 >> 7 ^ v2 >> 18 ^ w2 >> 3) + w10 + (v15 >> 17 ^ v15 >> 19 ^ w15 >> 10)); v1 = w1 * twice;
            w2 = (uint)(w2 + (v3 >> 7 ^ v3 >> 18 ^ w3 >> 3) + w11 + (v0 >> 17 ^ v0 >> 19 ^ w0 >> 10)); v2 = w2 * twice;
            w3 = (uint)(w3 + (v4 >> 7 ^ v4 >> 18 ^ w4 >> 3) + w12 + (v1 >> 17 ^ v1 >> 19 ^ w1 >> 10)); v3 = w3 * twice;
            w4 = (uint)(w4 + (v5 >> 7 ^ v5 >> 18 ^ w5 >> 3) + w13 + (v2 >> 17 ^ v2 >> 19 ^ w2 >> 10)); v4 = w4 * twice;
            w5 = (uint)(w5 + (v6 >> 7 ^ v6 >> 18 ^ w6 >> 3) + w14 + (v3 >> 17 ^ v3 >> 19 ^ w3 >> 10)); v5 = w5 * twice;
            w6 = (uint)(w6 + (v7 >> 7 ^ v7 >> 18 ^ w7 >> 3) + w15 + (v4 >> 17 ^ v4 >> 19 ^ w4 >> 10)); v6 = w6 * twice;
            w7 = (uint)(w7 + (v8 >> 7 ^ v8 >> 18 ^ w8 >> 3) + w0 + (v5 >> 17 ^ v5 >> 19 ^ w5 >> 10)); v7 = w7 * twice;
            w8 = (uint)(w8 + (v9 >> 7 ^ v9 >> 18 ^ w9 >> 3) + w1 + (v6 >> 17 ^ v6 >> 19 ^ w6 >> 10)); v8 = w8 * twice;
            w9 = (uint)(w9 + (v10 >> 7 ^ v10 >> 18 ^ w10 >> 3) + w2 + (v7 >> 17 ^ v7 >> 19 ^ w7 >> 10)); v9 = w9 * twice;
            w10 = (uint)(w10 + (v11 >> 7 ^ v11 >> 18 ^ w11 >> 3) + w3 + (v8 >> 17 ^ v8 >> 19 ^ w8 >> 10)); v10 = w10 * twice;
            w11 = (uint)(w11 + (v12 >> 7 ^ v12 >> 18 ^ w12 >> 3) + w4 + (v9 >> 17 ^ v9 >> 19 ^ w9 >> 10)); v11 = w11 * twice;
            w12 = (uint)(w12 + (v13 >> 7 ^ v13 >> 18 ^ w13 >> 3) + w5 + (v10 >> 17 ^ v10 >> 19 ^ w10 >> 10)); v12 = w12 * twice;
            w13 = (uint)(w13 + (v14 >> 7 ^ v14 >> 18 ^ w14 >> 3) + w6 + (v11 >> 17 ^ v11 >> 19 ^ w11 >> 10)); v13 = w13 * twice;
            w14 = (uint)(w14 + (v15 >> 7 ^ v15 >> 18 ^ w15 >> 3) + w7 + (v12 >> 17 ^ v12 >> 19 ^ w12 >> 10)); v14 = w14 * twice;
            w15 = (uint)(w15 + (v0 >> 7 ^ v0 >> 18 ^ w0 >> 3) + w8 + (v13 >> 17 ^ v13 >> 19 ^ w13 >> 10)); v15 = w15 * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_27b70a85 + w0;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_2e1b2138 + w1;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_4d2c6dfc + w2;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_53380d13 + w3;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_650a7354 + w4;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_766a0abb + w5;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_81c2c92e + w6;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_92722c85 + w7;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_a2bfe8a1 + w8;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_a81a664b + w9;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_c24b8b70 + w10;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_c76c51a3 + w11;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_d192e819 + w12;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_d6990624 + w13;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_f40e3585 + w14;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_106aa070 + w15;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;

            w0 = (uint)(w0 + (v1 >> 7 ^ v1 >> 18 ^ w1 >> 3) + w9 + (v14 >> 17 ^ v14 >> 19 ^ w14 >> 10)); v0 = w0 * twice;
            w1 = (uint)(w1 + (v2 >> 7 ^ v2 >> 18 ^ w2 >> 3) + w10 + (v15 >> 17 ^ v15 >> 19 ^ w15 >> 10)); v1 = w1 * twice;
            w2 = (uint)(w2 + (v3 >> 7 ^ v3 >> 18 ^ w3 >> 3) + w11 + (v0 >> 17 ^ v0 >> 19 ^ w0 >> 10)); v2 = w2 * twice;
            w3 = (uint)(w3 + (v4 >> 7 ^ v4 >> 18 ^ w4 >> 3) + w12 + (v1 >> 17 ^ v1 >> 19 ^ w1 >> 10)); v3 = w3 * twice;
            w4 = (uint)(w4 + (v5 >> 7 ^ v5 >> 18 ^ w5 >> 3) + w13 + (v2 >> 17 ^ v2 >> 19 ^ w2 >> 10)); v4 = w4 * twice;
            w5 = (uint)(w5 + (v6 >> 7 ^ v6 >> 18 ^ w6 >> 3) + w14 + (v3 >> 17 ^ v3 >> 19 ^ w3 >> 10)); v5 = w5 * twice;
            w6 = (uint)(w6 + (v7 >> 7 ^ v7 >> 18 ^ w7 >> 3) + w15 + (v4 >> 17 ^ v4 >> 19 ^ w4 >> 10)); v6 = w6 * twice;
            w7 = (uint)(w7 + (v8 >> 7 ^ v8 >> 18 ^ w8 >> 3) + w0 + (v5 >> 17 ^ v5 >> 19 ^ w5 >> 10)); v7 = w7 * twice;
            w8 = (uint)(w8 + (v9 >> 7 ^ v9 >> 18 ^ w9 >> 3) + w1 + (v6 >> 17 ^ v6 >> 19 ^ w6 >> 10)); v8 = w8 * twice;
            w9 = (uint)(w9 + (v10 >> 7 ^ v10 >> 18 ^ w10 >> 3) + w2 + (v7 >> 17 ^ v7 >> 19 ^ w7 >> 10)); v9 = w9 * twice;
            w10 = (uint)(w10 + (v11 >> 7 ^ v11 >> 18 ^ w11 >> 3) + w3 + (v8 >> 17 ^ v8 >> 19 ^ w8 >> 10)); v10 = w10 * twice;
            w11 = (uint)(w11 + (v12 >> 7 ^ v12 >> 18 ^ w12 >> 3) + w4 + (v9 >> 17 ^ v9 >> 19 ^ w9 >> 10)); v11 = w11 * twice;
            w12 = (uint)(w12 + (v13 >> 7 ^ v13 >> 18 ^ w13 >> 3) + w5 + (v10 >> 17 ^ v10 >> 19 ^ w10 >> 10)); v12 = w12 * twice;
            w13 = (uint)(w13 + (v14 >> 7 ^ v14 >> 18 ^ w14 >> 3) + w6 + (v11 >> 17 ^ v11 >> 19 ^ w11 >> 10)); v13 = w13 * twice;
            w14 += (v15 >> 7 ^ v15 >> 18 ^ w15 >> 3) + w7 + (v12 >> 17 ^ v12 >> 19 ^ w12 >> 10);
            w15 += (v0 >> 7 ^ v0 >> 18 ^ w0 >> 3) + w8 + (v13 >> 17 ^ v13 >> 19 ^ w13 >> 10);
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_19a4c116 + w0;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_1e376c08 + w1;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_2748774c + w2;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_34b0bcb5 + w3;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_391c0cb3 + w4;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_4ed8aa4a + w5;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_5b9cca4f + w6;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_682e6ff3 + w7;
            e = (uint)(e + t) * twice; a = (uint)(t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c))) * twice;
            t = h + (e >> 6 ^ e >> 11 ^ e >> 25) + (g ^ e & (f ^ g)) + 0x1_748f82ee + w8;
            d = (uint)(d + t) * twice; h = (uint)(t + (a >> 2 ^ a >> 13 ^ a >> 22) + (a & b | c & (a | b))) * twice;
            t = g + (d >> 6 ^ d >> 11 ^ d >> 25) + (f ^ d & (e ^ f)) + 0x1_78a5636f + w9;
            c = (uint)(c + t) * twice; g = (uint)(t + (h >> 2 ^ h >> 13 ^ h >> 22) + (h & a | b & (h | a))) * twice;
            t = f + (c >> 6 ^ c >> 11 ^ c >> 25) + (e ^ c & (d ^ e)) + 0x1_84c87814 + w10;
            b = (uint)(b + t) * twice; f = (uint)(t + (g >> 2 ^ g >> 13 ^ g >> 22) + (g & h | a & (g | h))) * twice;
            t = e + (b >> 6 ^ b >> 11 ^ b >> 25) + (d ^ b & (c ^ d)) + 0x1_8cc70208 + w11;
            a = (uint)(a + t) * twice; e = (uint)(t + (f >> 2 ^ f >> 13 ^ f >> 22) + (f & g | h & (f | g))) * twice;
            t = d + (a >> 6 ^ a >> 11 ^ a >> 25) + (c ^ a & (b ^ c)) + 0x1_90befffa + w12;
            h = (uint)(h + t) * twice; d = (uint)(t + (e >> 2 ^ e >> 13 ^ e >> 22) + (e & f | g & (e | f))) * twice;
            t = c + (h >> 6 ^ h >> 11 ^ h >> 25) + (b ^ h & (a ^ b)) + 0x1_a4506ceb + w13;
            g = (uint)(g + t) * twice; c = (uint)(t + (d >> 2 ^ d >> 13 ^ d >> 22) + (d & e | f & (d | e))) * twice;
            t = b + (g >> 6 ^ g >> 11 ^ g >> 25) + (a ^ g & (h ^ a)) + 0x1_bef9a3f7 + w14;
            f = (uint)(f + t) * twice; b = (uint)(t + (c >> 2 ^ c >> 13 ^ c >> 22) + (c & d | e & (c | d))) * twice;
            t = a + (f >> 6 ^ f >> 11 ^ f >> 25) + (h ^ f & (g ^ h)) + 0x1_c67178f2 + w15;
            e += t; a = t + (b >> 2 ^ b >> 13 ^ b >> 22) + (b & c | d & (b | c));

            state[0] += (uint)a;
            state[1] += (uint)b;
            state[2] += (uint)c;
            state[3] += (uint)d;
            state[4] += (uint)e;
            state[5] += (uint)f;
            state[6] += (uint)g;
            state[7] += (uint)h;
        }
    }
}
