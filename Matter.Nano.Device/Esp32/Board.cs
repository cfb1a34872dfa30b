namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// What differs between boards: pins, and what the firmware image can do. The board is chosen when compiling, by
    /// <c>-p:Board=…</c> or the property in the .nfproj. A pin of -1 is not there.
    /// </summary>
    internal static class Board
    {
#if BOARD_ESP32_PSRAM
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-psram";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_PSRAM_REV3_IPV6";

        private const bool WithIPv6 = true;
        private const bool OverEthernet = false;
        private const int Light = 25;
        private const int Status = 26;
        private const int Button = 0;
#elif BOARD_ESP32_C6
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-c6";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_C6_THREAD";

        private const bool WithIPv6 = true;
        private const bool OverEthernet = false;
        private const int Light = 10;
        private const int Status = 11;
        private const int Button = 9;
#elif BOARD_ESP32_C61
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-c61";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_C61";

        private const bool WithIPv6 = true;
        private const bool OverEthernet = false;
        private const int Light = 23;
        private const int Status = 22;
        private const int Button = 9;
#elif BOARD_ESP32_P4
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-p4";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_P4";

        private const bool WithIPv6 = true;
        private const bool OverEthernet = true;
        private const int Light = 20;
        private const int Status = 21;
        private const int Button = 22; // the board's own, at 35, is a line of the Ethernet chip's
#elif BOARD_ESP32_S3
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-s3";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_S3_OCTAL";

        private const bool WithIPv6 = false;
        private const bool OverEthernet = false;
        private const int Light = 4;
        private const int Status = 5;
        private const int Button = 0;
#elif BOARD_ESP32_C3
        /// <summary>Name of the folder in boards/.</summary>
        public const string Name = "esp32-c3";

        /// <summary>The nanoFramework image it needs.</summary>
        public const string Image = "ESP32_C3";

        private const bool WithIPv6 = false;
        private const bool OverEthernet = false;
        private const int Light = 4;
        private const int Status = 5;
        private const int Button = 9;
#else
#error Choose a board: BOARD_ESP32_PSRAM, BOARD_ESP32_C6, BOARD_ESP32_C61, BOARD_ESP32_P4, BOARD_ESP32_S3 or BOARD_ESP32_C3.
#endif

        /// <summary>Whether the image has IPv6, which controllers expect.</summary>
        public static bool HasIPv6 { get { return WithIPv6; } }

        /// <summary>Whether the device is reached over Ethernet rather than Wi-Fi.</summary>
        public static bool IsEthernet { get { return OverEthernet; } }

        /// <summary>GPIO that switches the lamp, high for on.</summary>
        public static int LightPin { get { return Light; } }

        /// <summary>GPIO of the status LED, high for on.</summary>
        public static int StatusPin { get { return Status; } }

        /// <summary>GPIO of the button, which connects it to ground; the pull-up is switched on.</summary>
        public static int ButtonPin { get { return Button; } }
    }
}
