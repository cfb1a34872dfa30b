using System.Net.NetworkInformation;
using SystemInterface = System.Net.NetworkInformation.NetworkInterface;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// The board's own access point. The firmware starts it with its network stack, so that switching it on or off takes
    /// effect with a restart only; the station stays on beside it, for scans.
    /// </summary>
    internal static class SoftAccessPoint
    {
        /// <summary>The board's address on it.</summary>
        public const string Address = "192.168.4.1";

        private const string Mask = "255.255.255.0";
        private const byte MaxConnections = 4;

        /// <summary>
        /// Whether it is configured, by <see cref="SwitchOn"/>, and thus runs since the start. Its address isn't asked for: an
        /// access point that doesn't come up must not be configured anew at every start.
        /// </summary>
        /// <param name="ssid">The name that it should have.</param>
        public static bool IsOn(string ssid)
        {
            WirelessAPConfiguration configuration = Configuration();
            return configuration != null && IsEnabled(configuration) && configuration.Ssid == ssid;
        }

        /// <summary>Configures it; then restart.</summary>
        /// <param name="ssid">Its name.</param>
        /// <param name="password">8 to 63 letters.</param>
        /// <returns>False if the firmware has none.</returns>
        public static bool SwitchOn(string ssid, string password)
        {
            WirelessAPConfiguration configuration = Configuration();
            SystemInterface network = Find();
            if (configuration == null || network == null)
            {
                return false;
            }

            network.EnableStaticIPv4(Address, Mask, Address);
            configuration.Ssid = ssid;
            configuration.Password = password;
            configuration.Authentication = AuthenticationType.WPA2;
            configuration.Encryption = EncryptionType.WPA2_PSK;
            configuration.MaxConnections = MaxConnections;
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            configuration.SaveConfiguration();
            return true;
        }

        /// <summary>Switches it off for good; then restart.</summary>
        /// <returns>False if it was off.</returns>
        public static bool SwitchOff()
        {
            WirelessAPConfiguration configuration = Configuration();
            if (configuration == null || !IsEnabled(configuration))
            {
                return false;
            }

            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.None;
            configuration.SaveConfiguration();
            return true;
        }

        private static bool IsEnabled(WirelessAPConfiguration configuration)
        {
            return (configuration.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
        }

        private static WirelessAPConfiguration Configuration()
        {
            WirelessAPConfiguration[] all = WirelessAPConfiguration.GetAllWirelessAPConfigurations();
            return all.Length > 0 ? all[0] : null;
        }

        private static SystemInterface Find()
        {
            SystemInterface[] all = SystemInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == NetworkInterfaceType.WirelessAP)
                {
                    return all[i];
                }
            }

            return null;
        }
    }
}
