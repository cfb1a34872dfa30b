namespace Matter.Nano.Device.Hardware
{
    /// <summary>What a status LED tells by the way it blinks.</summary>
    public static class LedPattern
    {
        /// <summary>All is well: the LED is dark.</summary>
        public const int Off = 0;

        /// <summary>No network: one short flash every two seconds.</summary>
        public const int NoNetwork = 1;

        /// <summary>The commissioning window is open: half a second on, half a second off.</summary>
        public const int Commissionable = 2;

        /// <summary>Waiting for Wi-Fi credentials at the device's own access point: two short flashes every two seconds.</summary>
        public const int AccessPoint = 3;

        /// <summary>Identify: fast blinking.</summary>
        public const int Identify = 4;

        /// <summary>The button is being held, on the way to a factory reset: very fast blinking.</summary>
        public const int ResetComing = 5;

        /// <summary>The application cannot run: three long flashes every four seconds.</summary>
        public const int Fault = 6;

        // One bit for each 128 ms, the first one lowest.
        private const uint NoNetworkBits = 0x0001;
        private const uint CommissionableBits = 0x000F;
        private const uint AccessPointBits = 0x0005;
        private const uint IdentifyBits = 0x0003;
        private const uint ResetComingBits = 0x0001;
        private const uint FaultBits = 0x0777;

        /// <summary>Whether the LED shines at this time.</summary>
        /// <param name="pattern">One of the constants.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>True for on.</returns>
        public static bool IsOn(int pattern, long now)
        {
            uint bits;
            int length;
            switch (pattern)
            {
                case NoNetwork:
                    bits = NoNetworkBits;
                    length = 16;
                    break;
                case Commissionable:
                    bits = CommissionableBits;
                    length = 8;
                    break;
                case AccessPoint:
                    bits = AccessPointBits;
                    length = 16;
                    break;
                case Identify:
                    bits = IdentifyBits;
                    length = 4;
                    break;
                case ResetComing:
                    bits = ResetComingBits;
                    length = 2;
                    break;
                case Fault:
                    bits = FaultBits;
                    length = 32;
                    break;
                default:
                    return false;
            }

            return (bits >> (int)((now >> 7) % length) & 1) != 0;
        }
    }
}
