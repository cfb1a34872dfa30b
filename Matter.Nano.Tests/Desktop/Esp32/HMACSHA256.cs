using System;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>
    /// Stands in for System.Security.Cryptography.HMACSHA256 of nanoFramework, with exactly its members and limits: whole
    /// arrays, not null, a new array as the answer.
    /// </summary>
    internal static class HMACSHA256
    {
        /// <summary>Calls taken, on this thread.</summary>
        [ThreadStatic]
        internal static int Calls;

        public static byte[] HashData(byte[] key, byte[] source)
        {
            Calls++;
            if (key == null || source == null) throw new ArgumentNullException();
            return System.Security.Cryptography.HMACSHA256.HashData(key, source);
        }
    }
}
