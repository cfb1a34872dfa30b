using System;

namespace Matter.Nano
{
    /// <summary>
    /// What a device's label says: the text of its QR code and its manual pairing code, in version 0 with the standard
    /// commissioning flow. Allocates; for start-up only.
    /// </summary>
    public sealed class SetupPayload
    {
        /// <summary>Discovery capability: the device can be found by Bluetooth LE.</summary>
        public const int DiscoverByBle = 1 << 1;

        /// <summary>Discovery capability: the device can be found on the IP network, which it has joined already.</summary>
        public const int DiscoverOnNetwork = 1 << 2;

        /// <summary>Length of a manual pairing code in digits.</summary>
        public const int ManualCodeLength = 11;

        private const int MaxDiscriminator = 0xFFF;
        private const uint MaxPasscode = 99999998;
        private const int PayloadLength = 11;
        private const string Prefix = "MT:";
        private const string Base38 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.";

        private readonly int _vendorId;
        private readonly int _productId;
        private readonly int _discoveryCapabilities;
        private readonly int _discriminator;
        private readonly uint _passcode;

        /// <summary>Takes what the codes consist of.</summary>
        /// <param name="vendorId">Vendor id, 16 bits.</param>
        /// <param name="productId">Product id, 16 bits.</param>
        /// <param name="discoveryCapabilities">How the device can be found: <see cref="DiscoverOnNetwork"/>, <see cref="DiscoverByBle"/>; 8 bits.</param>
        /// <param name="discriminator">12 bits.</param>
        /// <param name="passcode">The setup passcode; see <see cref="IsValidPasscode"/>.</param>
        /// <exception cref="ArgumentException">A number out of range or a forbidden passcode.</exception>
        public SetupPayload(int vendorId, int productId, int discoveryCapabilities, int discriminator, uint passcode)
        {
            if ((vendorId & ~0xFFFF) != 0) throw new ArgumentException("vendorId");
            if ((productId & ~0xFFFF) != 0) throw new ArgumentException("productId");
            if ((discoveryCapabilities & ~0xFF) != 0) throw new ArgumentException("discoveryCapabilities");
            if ((discriminator & ~MaxDiscriminator) != 0) throw new ArgumentException("discriminator");
            if (!IsValidPasscode(passcode)) throw new ArgumentException("passcode");
            _vendorId = vendorId;
            _productId = productId;
            _discoveryCapabilities = discoveryCapabilities;
            _discriminator = discriminator;
            _passcode = passcode;
        }

        /// <summary>Tells whether a passcode may be used: 1 to 99999998, but no repeated digit and neither 12345678 nor 87654321.</summary>
        /// <param name="passcode">The passcode.</param>
        /// <returns>True if it may.</returns>
        public static bool IsValidPasscode(uint passcode)
        {
            return passcode > 0 && passcode <= MaxPasscode && passcode % 11111111 != 0 && passcode != 12345678 && passcode != 87654321;
        }

        /// <summary>The text of the QR code, "MT:" and 19 characters.</summary>
        /// <returns>A new string.</returns>
        public string QrCode()
        {
            // Little-endian bits: version 3, vendor 16, product 16, flow 2, capabilities 8, discriminator 12, passcode 27, padding 4.
            ulong low = (ulong)_vendorId << 3 | (ulong)_productId << 19 | (ulong)_discoveryCapabilities << 37
                | (ulong)_discriminator << 45 | (ulong)_passcode << 57;
            uint high = _passcode >> 7;

            char[] text = new char[Prefix.Length + 19];
            int length = 0;
            while (length < Prefix.Length) text[length] = Prefix[length++];
            for (int at = 0; at < PayloadLength; at += 3)
            {
                // Three bytes are five digits of base 38, two are four; lowest first.
                uint chunk = 0;
                int bytes = PayloadLength - at < 3 ? PayloadLength - at : 3;
                for (int i = bytes - 1; i >= 0; i--)
                {
                    int next = at + i;
                    chunk = chunk << 8 | (next < 8 ? (byte)(low >> 8 * next) : (byte)(high >> 8 * (next - 8)));
                }
                for (int digits = 2 * bytes - bytes / 3; digits > 0; digits--)
                {
                    text[length++] = Base38[(int)(chunk % 38)];
                    chunk /= 38;
                }
            }
            return new string(text);
        }

        /// <summary>The manual pairing code: 11 digits, the last one a check digit.</summary>
        /// <returns>A new string.</returns>
        public string ManualPairingCode()
        {
            char[] code = new char[ManualCodeLength];
            PutDigits(code, 0, 1, (uint)_discriminator >> 10);
            PutDigits(code, 1, 5, ((uint)_discriminator >> 8 & 3) << 14 | _passcode & 0x3FFF);
            PutDigits(code, 6, 4, _passcode >> 14);
            code[10] = CheckDigit(code, 10);
            return new string(code);
        }

        private static void PutDigits(char[] code, int at, int count, uint value)
        {
            for (int i = at + count - 1; i >= at; i--)
            {
                code[i] = (char)('0' + value % 10);
                value /= 10;
            }
        }

        // Verhoeff's check digit: a product in the dihedral group of the pentagon (0 to 4 rotations, 5 to 9 reflections), over
        // digits sent through one permutation as often as they stand from the right.
        private static char CheckDigit(char[] code, int length)
        {
            const string permutation = "1576283094";
            int product = 0;
            for (int i = length - 1; i >= 0; i--)
            {
                int digit = code[i] - '0';
                for (int times = (length - i) % 8; times > 0; times--) digit = permutation[digit] - '0';
                int turn = product < 5 ? product + digit : product - digit + 10;
                product = turn % 5 + ((product < 5) == (digit < 5) ? 0 : 5);
            }
            // The inverse: a rotation back, a reflection once more.
            if (product < 5) product = (5 - product) % 5;
            return (char)('0' + product);
        }
    }
}
