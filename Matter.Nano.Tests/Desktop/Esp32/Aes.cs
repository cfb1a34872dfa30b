using System;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// Stands in for System.Security.Cryptography.Aes of nanoFramework, with exactly its members and limits: whole arrays,
    /// multiples of 16, no padding, a new array as the answer. The accelerator's own source compiles against it.
    /// </summary>
    internal sealed class Aes
    {
        private readonly CipherMode _mode;

        public Aes(CipherMode mode)
        {
            _mode = mode;
        }

        /// <summary>Calls taken by all, on this thread.</summary>
        [ThreadStatic]
        internal static int Calls;

        public byte[] Key { get; set; }

        public byte[] IV { get; set; }

        public byte[] Encrypt(byte[] data)
        {
            Calls++;
            if (Key == null || (_mode == CipherMode.CBC && IV == null)) throw new InvalidOperationException();
            if (data.Length % 16 != 0) throw new ArgumentException();
            using System.Security.Cryptography.Aes aes = System.Security.Cryptography.Aes.Create();
            aes.Key = (byte[])Key.Clone();
            return _mode == CipherMode.ECB
                ? aes.EncryptEcb(data, System.Security.Cryptography.PaddingMode.None)
                : aes.EncryptCbc(data, IV, System.Security.Cryptography.PaddingMode.None);
        }
    }
}
