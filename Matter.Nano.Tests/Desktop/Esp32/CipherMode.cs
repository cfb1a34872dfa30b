namespace Matter.Nano.Device.Esp32
{
    /// <summary>Stands in for System.Security.Cryptography.CipherMode of nanoFramework.</summary>
    internal enum CipherMode
    {
        None = 0,
        CBC = 1,
        ECB = 2,
    }
}
