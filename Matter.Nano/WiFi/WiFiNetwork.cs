using System;

namespace Matter.Nano
{
    /// <summary>Name and credentials of a Wi-Fi network in fixed fields.</summary>
    public sealed class WiFiNetwork
    {
        /// <summary>Longest name (SSID) in bytes.</summary>
        public const int MaxSsidLength = 32;

        /// <summary>Longest credentials in bytes: a key of 256 bits in hexadecimal digits.</summary>
        public const int MaxCredentialsLength = 64;

        /// <summary>Length of an access point's address in bytes.</summary>
        public const int BssidLength = 6;

        private const int WepLength = 5;
        private const int MinPassphraseLength = 8;

        /// <summary>The name; its first <see cref="SsidLength"/> bytes.</summary>
        public byte[] Ssid { get; } = new byte[MaxSsidLength];

        /// <summary>Length of the name; 0 for no network.</summary>
        public int SsidLength { get; set; }

        /// <summary>The credentials; their first <see cref="CredentialsLength"/> bytes.</summary>
        public byte[] Credentials { get; } = new byte[MaxCredentialsLength];

        /// <summary>Length of the credentials; 0 for an open network.</summary>
        public int CredentialsLength { get; set; }

        /// <summary>
        /// Tells whether bytes can be credentials: none, a WEP key or a passphrase of 8 to 63 bytes without NUL, or a key of
        /// 64 hexadecimal digits.
        /// </summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>True if they can.</returns>
        public static bool AreCredentials(byte[] buffer, int offset, int length)
        {
            if (length == 0)
            {
                return true;
            }

            if ((length < MinPassphraseLength && length != WepLength) || length > MaxCredentialsLength)
            {
                return false;
            }

            for (int i = offset; i < offset + length; i++)
            {
                if (buffer[i] == 0 || (length == MaxCredentialsLength && !IsHexDigit(buffer[i])))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Takes a network over.</summary>
        /// <param name="ssid">Holds its name; not kept.</param>
        /// <param name="ssidOffset">First byte of the name.</param>
        /// <param name="ssidLength">Length of the name, 0 to 32.</param>
        /// <param name="credentials">Holds the credentials; not kept.</param>
        /// <param name="credentialsOffset">Their first byte.</param>
        /// <param name="credentialsLength">Their length, 0 to 64.</param>
        public void Set(byte[] ssid, int ssidOffset, int ssidLength, byte[] credentials, int credentialsOffset, int credentialsLength)
        {
            Clear();
            Array.Copy(ssid, ssidOffset, Ssid, 0, ssidLength);
            SsidLength = ssidLength;
            Array.Copy(credentials, credentialsOffset, Credentials, 0, credentialsLength);
            CredentialsLength = credentialsLength;
        }

        /// <summary>Whether the network has this name.</summary>
        /// <param name="buffer">Holds the name.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length.</param>
        /// <returns>True if it has; never for an empty name.</returns>
        public bool IsNamed(byte[] buffer, int offset, int length)
        {
            return length != 0 && AreEqual(Ssid, SsidLength, buffer, offset, length);
        }

        /// <summary>Forgets the network and wipes its credentials.</summary>
        public void Clear()
        {
            Array.Clear(Credentials, 0, MaxCredentialsLength);
            CredentialsLength = 0;
            SsidLength = 0;
        }

        /// <summary>Compares names.</summary>
        /// <param name="left">Begins with one.</param>
        /// <param name="leftLength">Its length.</param>
        /// <param name="right">Holds the other.</param>
        /// <param name="rightOffset">Its first byte.</param>
        /// <param name="rightLength">Its length.</param>
        /// <returns>True if they are the same.</returns>
        public static bool AreEqual(byte[] left, int leftLength, byte[] right, int rightOffset, int rightLength)
        {
            if (leftLength != rightLength)
            {
                return false;
            }

            for (int i = 0; i < leftLength; i++)
            {
                if (left[i] != right[rightOffset + i])
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsHexDigit(byte value)
        {
            int letter = value | 0x20;
            return (value >= '0' && value <= '9') || (letter >= 'a' && letter <= 'f');
        }
    }
}
