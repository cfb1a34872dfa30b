using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests
{
    /// <summary>An accelerator made of the managed AES and HMAC, which can be told to fail or to lie.</summary>
    internal sealed class AcceleratorDouble : ICryptoAccelerator
    {
        private readonly Aes128 _aes = new Aes128();
        private readonly Hmac _hmac = new Hmac();
        private readonly ulong[] _words = new ulong[4];

        /// <summary>Calls taken so far.</summary>
        public int Calls { get; private set; }

        /// <summary>Calls from this one on return an error; -1: none.</summary>
        public int FailFromCall { get; set; } = -1;

        /// <summary>ECB gets one bit wrong.</summary>
        public bool WrongEcb { get; set; }

        /// <summary>CBC-MAC gets one bit wrong.</summary>
        public bool WrongMac { get; set; }

        /// <summary>HMAC gets one bit wrong.</summary>
        public bool WrongHmac { get; set; }

        public int AesEcb(byte[] output, int outputOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            if (Fails()) return MatterError.InvalidState;
            _aes.SetKey(key, keyOffset);
            for (int i = 0; i < 16 * blocks; i += 16)
            {
                _words[0] = BitConverter.ToUInt64(input, inputOffset + i);
                _words[1] = BitConverter.ToUInt64(input, inputOffset + i + 8);
                _aes.Encrypt(_words);
                if (WrongEcb && i == 32) _words[1] ^= 1;
                Put(output, outputOffset + i);
            }
            return 0;
        }

        public int AesCbcMac(byte[] mac, int macOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            if (Fails()) return MatterError.InvalidState;
            _aes.SetKey(key, keyOffset);
            _words[0] = 0;
            _words[1] = 0;
            for (int i = 0; i < 16 * blocks; i += 16)
            {
                _words[0] ^= BitConverter.ToUInt64(input, inputOffset + i);
                _words[1] ^= BitConverter.ToUInt64(input, inputOffset + i + 8);
                _aes.Encrypt(_words);
            }
            if (WrongMac) _words[0] ^= 0x8000;
            Put(mac, macOffset);
            return 0;
        }

        public int HmacSha256(byte[] mac, int macOffset, byte[] key, byte[] message, int length)
        {
            if (Fails()) return MatterError.InvalidState;
            _hmac.Start(key, 0, 64);
            _hmac.Update(message, 0, length);
            _hmac.Finish(mac, macOffset);
            if (WrongHmac) mac[macOffset + 31] ^= 1;
            return 0;
        }

        public void ForgetKeys() { _aes.Wipe(); }

        private bool Fails() { return ++Calls > FailFromCall && FailFromCall >= 0; }

        private void Put(byte[] output, int offset)
        {
            for (int i = 0; i < 16; i++) output[offset + i] = (byte)(_words[i >> 3] >> (8 * (i & 7)));
        }
    }
}
