using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Bench
{
    /// <summary>A platform's cryptography that takes no time: it is left out of what is measured.</summary>
    internal sealed class NativeDouble : ICryptoAccelerator
    {
        private readonly AcceleratorDouble _double = new AcceleratorDouble();

        /// <summary>The light that uses it; null at first.</summary>
        public MeteredLight Light { get; set; }

        public int AesEcb(byte[] output, int outputOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            Pause();
            int result = _double.AesEcb(output, outputOffset, input, inputOffset, blocks, key, keyOffset);
            Resume();
            return result;
        }

        public int AesCbcMac(byte[] mac, int macOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            Pause();
            int result = _double.AesCbcMac(mac, macOffset, input, inputOffset, blocks, key, keyOffset);
            Resume();
            return result;
        }

        public int HmacSha256(byte[] mac, int macOffset, byte[] key, byte[] message, int length)
        {
            Pause();
            int result = _double.HmacSha256(mac, macOffset, key, message, length);
            Resume();
            return result;
        }

        public void ForgetKeys()
        {
            _double.ForgetKeys();
        }

        private void Pause()
        {
            if (Light != null) Light.Pause();
        }

        private void Resume()
        {
            if (Light != null) Light.Resume();
        }
    }
}
