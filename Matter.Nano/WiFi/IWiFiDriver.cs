namespace Matter.Nano
{
    /// <summary>
    /// The platform's Wi-Fi station: scans, connects, and keeps one network over restarts. Nothing blocks: what takes
    /// seconds is begun and then asked for.
    /// </summary>
    /// <remarks>
    /// One scan or connection at a time. Statuses are <see cref="NetworkingStatus"/>. Network names (SSIDs) are 1 to 32
    /// bytes, in whatever encoding. Credentials go in and never come out again.
    /// </remarks>
    public interface IWiFiDriver
    {
        /// <summary>Longest time that a scan takes, in seconds: 1 to 255.</summary>
        int ScanMaxSeconds { get; }

        /// <summary>Longest time that a connection takes, in seconds: 1 to 255.</summary>
        int ConnectMaxSeconds { get; }

        /// <summary>Bands that the radio has: bit n stands for value n of WiFiBandEnum, <see cref="WiFiBand"/>. At least one.</summary>
        int Bands { get; }

        /// <summary>The platform's own code for the last connection that failed.</summary>
        int ErrorValue { get; }

        /// <summary>Tells which network is stored: the one that the station joins by itself after a restart.</summary>
        /// <param name="ssid">Receives the name; 32 bytes.</param>
        /// <returns>Length of the name; 0 if none is stored.</returns>
        int GetStored(byte[] ssid);

        /// <summary>Tells which network the station is connected to.</summary>
        /// <param name="ssid">Receives the name; 32 bytes.</param>
        /// <returns>Length of the name; 0 without a connection.</returns>
        int GetConnected(byte[] ssid);

        /// <summary>Begins to look for networks.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="NetworkingStatus.Success"/>, or why it cannot begin.</returns>
        int BeginScan(long now);

        /// <summary>Asks how the scan goes.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="NetworkingStatus.Running"/>, or the status that it ended with.</returns>
        int PollScan(long now);

        /// <summary>Networks that the last scan found, the strongest first.</summary>
        int ScanResultCount { get; }

        /// <summary>Tells of a network that the last scan found.</summary>
        /// <param name="index">0 to <see cref="ScanResultCount"/> - 1.</param>
        /// <param name="result">Filled in.</param>
        void GetScanResult(int index, WiFiScanResult result);

        /// <summary>Begins to connect to a network, without storing it. A connection to another one ends.</summary>
        /// <param name="ssid">Holds its name; not kept.</param>
        /// <param name="ssidLength">Length of the name, 1 to 32.</param>
        /// <param name="credentials">Holds them; not kept.</param>
        /// <param name="credentialsLength">Their length in bytes; 0 for an open network.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="NetworkingStatus.Success"/>, or why it cannot begin.</returns>
        int BeginConnect(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength, long now);

        /// <summary>Begins to connect to the stored network; without one, begins to leave the present one.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="NetworkingStatus.Success"/>, or why it cannot begin.</returns>
        int BeginStored(long now);

        /// <summary>Asks how the connection goes.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns><see cref="NetworkingStatus.Running"/>, or the status that it ended with.</returns>
        int PollConnect(long now);

        /// <summary>Stores a network in place of the one before; the connection stays as it is.</summary>
        /// <param name="ssid">Holds its name; not kept.</param>
        /// <param name="ssidLength">Length of the name; 0 to store none.</param>
        /// <param name="credentials">Holds them; not kept.</param>
        /// <param name="credentialsLength">Their length in bytes; 0 for an open network.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then the network before is still stored.</returns>
        int Store(byte[] ssid, int ssidLength, byte[] credentials, int credentialsLength);

        /// <summary>Tells of the present connection.</summary>
        /// <param name="link">Comes with everything unknown, and stays so without a connection.</param>
        void GetLink(WiFiLink link);
    }
}
