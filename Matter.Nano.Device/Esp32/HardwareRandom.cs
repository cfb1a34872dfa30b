using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// The ESP32's hardware generator: there <see cref="Random"/> ignores its seed and hands out esp_random(), which is truly
    /// random while the radio is on. Anywhere else it is worthless: <see cref="Program"/> and <see cref="Firmware"/> see to that.
    /// </summary>
    internal sealed class HardwareRandom : IRandom
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public void Fill(byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < length; i++)
            {
                buffer[offset + i] = (byte)_random.Next();
            }
        }
    }
}
