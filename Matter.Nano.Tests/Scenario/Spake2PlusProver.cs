using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>SPAKE2+ prover role, the commissioner's side of PASE; computes to the end at once.</summary>
    internal sealed class Spake2PlusProver
    {
        private static readonly byte[] M =
        {
            0x04,
            0x88, 0x6e, 0x2f, 0x97, 0xac, 0xe4, 0x6e, 0x55, 0xba, 0x9d, 0xd7, 0x24, 0x25, 0x79, 0xf2, 0x99,
            0x3b, 0x64, 0xe1, 0x6e, 0xf3, 0xdc, 0xab, 0x95, 0xaf, 0xd4, 0x97, 0x33, 0x3d, 0x8f, 0xa1, 0x2f,
            0x5f, 0xf3, 0x55, 0x16, 0x3e, 0x43, 0xce, 0x22, 0x4e, 0x0b, 0x0e, 0x65, 0xff, 0x02, 0xac, 0x8e,
            0x5c, 0x7b, 0xe0, 0x94, 0x19, 0xc7, 0x85, 0xe0, 0xca, 0x54, 0x7d, 0x55, 0xa1, 0x2e, 0x2d, 0x20,
        };

        private static readonly byte[] N =
        {
            0x04,
            0xd8, 0xbb, 0xd6, 0xc6, 0x39, 0xc6, 0x29, 0x37, 0xb0, 0x4d, 0x99, 0x7f, 0x38, 0xc3, 0x77, 0x07,
            0x19, 0xc6, 0x29, 0xd7, 0x01, 0x4d, 0x49, 0xa2, 0x4b, 0x4f, 0x98, 0xba, 0xa1, 0x29, 0x2b, 0x49,
            0x07, 0xd6, 0x0a, 0xa6, 0xbf, 0xad, 0xe4, 0x50, 0x08, 0xa6, 0x36, 0x33, 0x7f, 0x51, 0x68, 0xc6,
            0x4d, 0x9b, 0xd3, 0x60, 0x34, 0x80, 0x8c, 0xd5, 0x64, 0x49, 0x0b, 0x1e, 0x65, 0x6e, 0xdb, 0xe7,
        };

        private static readonly byte[] MinusOne =
        {
            0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
            0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x50,
        };

        private static readonly byte[] One =
        {
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        };

        private static readonly byte[] ConfirmationKeys =
        {
            (byte)'C', (byte)'o', (byte)'n', (byte)'f', (byte)'i', (byte)'r', (byte)'m', (byte)'a', (byte)'t', (byte)'i', (byte)'o', (byte)'n',
            (byte)'K', (byte)'e', (byte)'y', (byte)'s',
        };

        private readonly CryptoSuite _crypto;
        private readonly byte[] _w0 = new byte[P256.ScalarLength];
        private readonly byte[] _w1 = new byte[P256.ScalarLength];
        private readonly byte[] _x = new byte[P256.ScalarLength];
        private readonly byte[] _publicX = new byte[P256.PointLength];
        private readonly byte[] _pA = new byte[P256.PointLength];
        private uint _passcode;
        private byte[] _salt;
        private int _iterations;

        public Spake2PlusProver(CryptoSuite crypto)
        {
            _crypto = crypto;
        }

        /// <summary>pA, 65 bytes, after <see cref="Start"/>.</summary>
        public byte[] ShareA
        {
            get { return _pA; }
        }

        /// <summary>cA, 32 bytes, after <see cref="Finish"/>.</summary>
        public byte[] ConfirmationA { get; } = new byte[32];

        /// <summary>Ke, 16 bytes, after <see cref="Finish"/>.</summary>
        public byte[] Key { get; } = new byte[16];

        /// <summary>w0 and w1 from the passcode, unless it is that of the last time, then a fresh x and pA = x·G + w0·M.</summary>
        public void Start(uint passcode, byte[] salt, int iterations)
        {
            if (_salt == null || passcode != _passcode || iterations != _iterations || salt.Length != _salt.Length
                || !ConstantTime.Equals(salt, 0, _salt, 0, salt.Length))
            {
                DeriveScalars(passcode, salt, iterations);
            }

            _crypto.P256.BeginKeyPair(_x, 0, _publicX, 0);
            Run();
            MultiplyAdd(_pA, One, _publicX, _w0, M);
        }

        /// <summary>Checks cB; cA and Ke are then ready.</summary>
        /// <returns>0, or a negative MatterError if pB is no point or cB is wrong: another passcode.</returns>
        public int Finish(byte[] context, byte[] pB, byte[] cB)
        {
            byte[] minusW0 = new byte[P256.ScalarLength];
            byte[] difference = new byte[P256.PointLength];
            byte[] z = new byte[P256.PointLength];
            byte[] v = new byte[P256.PointLength];
            _crypto.Order.Multiply(minusW0, 0, MinusOne, 0, _w0, 0);
            _crypto.P256.BeginMultiplyAdd(difference, 0, One, 0, pB, 0, minusW0, 0, N, 0);
            int error = _crypto.P256.Run();
            if (error < 0)
            {
                return error;
            }

            MultiplyAdd(z, _x, difference, null, null);
            MultiplyAdd(v, _w1, difference, null, null);

            Sha256 hash = new Sha256();
            byte[] secret = new byte[32];
            hash.Start();
            Append(hash, context, 32);
            Append(hash, context, 0);
            Append(hash, context, 0);
            Append(hash, M, 65);
            Append(hash, N, 65);
            Append(hash, _pA, 65);
            Append(hash, pB, 65);
            Append(hash, z, 65);
            Append(hash, v, 65);
            Append(hash, _w0, 32);
            hash.Finish(secret, 0);

            byte[] keys = new byte[32];
            byte[] expected = new byte[32];
            _crypto.KeyDerivation.Hkdf(keys, 0, 32, secret, 0, 16, null, 0, 0, ConfirmationKeys, 0, ConfirmationKeys.Length);
            _crypto.Hmac.Start(keys, 16, 16);
            _crypto.Hmac.Update(_pA, 0, 65);
            _crypto.Hmac.Finish(expected, 0);
            _crypto.Hmac.Start(keys, 0, 16);
            _crypto.Hmac.Update(pB, 0, 65);
            _crypto.Hmac.Finish(ConfirmationA, 0);
            Array.Copy(secret, 16, Key, 0, 16);
            return ConstantTime.Equals(expected, 0, cB, 0, 32) ? 0 : MatterError.AuthenticationFailed;
        }

        private static void Append(Sha256 hash, byte[] value, int length)
        {
            hash.Update(new byte[] { (byte)length, 0, 0, 0, 0, 0, 0, 0 }, 0, 8);
            hash.Update(value, 0, length);
        }

        private void DeriveScalars(uint passcode, byte[] salt, int iterations)
        {
            byte[] code = { (byte)passcode, (byte)(passcode >> 8), (byte)(passcode >> 16), (byte)(passcode >> 24) };
            byte[] wide = new byte[80];
            _crypto.KeyDerivation.Pbkdf2(wide, 0, 80, code, 0, 4, salt, 0, salt.Length, iterations);
            _crypto.Order.Reduce(_w0, 0, wide, 0, 40);
            _crypto.Order.Reduce(_w1, 0, wide, 40, 40);
            _passcode = passcode;
            _salt = salt;
            _iterations = iterations;
        }

        private void MultiplyAdd(byte[] result, byte[] scalar1, byte[] point1, byte[] scalar2, byte[] point2)
        {
            _crypto.P256.BeginMultiplyAdd(result, 0, scalar1, 0, point1, 0, scalar2, 0, point2, 0);
            Run();
        }

        private void Run()
        {
            if (_crypto.P256.Run() != 0)
            {
                throw new Exception("P-256");
            }
        }
    }
}
