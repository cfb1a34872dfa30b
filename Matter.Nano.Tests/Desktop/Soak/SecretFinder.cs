using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Looks for secrets in a text, in any of the forms that a log may give to bytes.</summary>
    internal sealed class SecretFinder
    {
        /// <summary>Part of a secret that counts as the secret, in bytes.</summary>
        private const int PartLength = 8;

        private const int Base64PartLength = 9;

        private readonly string _text;
        private readonly string _hex;
        private readonly string _list;

        public SecretFinder(string text)
        {
            _text = text;
            _hex = Regex.Replace(text.ToLowerInvariant(), "0x|[-:,_. ]", "");
            _list = Regex.Replace(text, "[ \\[\\]]", "");
        }

        /// <summary>Whether any part of a secret is in the text: in hexadecimal either way round, as decimal numbers, in Base64.</summary>
        public bool Has(byte[] secret)
        {
            for (int i = 0; i + PartLength <= secret.Length; i++)
            {
                byte[] part = secret.AsSpan(i, PartLength).ToArray();
                if (_list.Contains(string.Join(",", part)) || _hex.Contains(Convert.ToHexString(part).ToLowerInvariant()))
                    return true;
                Array.Reverse(part);
                if (_hex.Contains(Convert.ToHexString(part).ToLowerInvariant()))
                    return true;
            }
            for (int i = 0; i + Base64PartLength <= secret.Length; i++)
            {
                string part = Convert.ToBase64String(secret, i, Base64PartLength);
                if (_text.Contains(part) || _text.Contains(part.Replace('+', '-').Replace('/', '_')))
                    return true;
            }
            return false;
        }

        /// <summary>Whether a passcode is in the text, in decimal or hexadecimal digits or as those of a string in hexadecimal.</summary>
        public bool Has(uint passcode)
        {
            string digits = passcode.ToString("00000000", CultureInfo.InvariantCulture);
            return Regex.IsMatch(_text, "(?<![0-9])" + digits + "(?![0-9])")
                || Regex.IsMatch(_text, "(?<![0-9a-f])(0x)?0*" + passcode.ToString("x") + "(?![0-9a-f])", RegexOptions.IgnoreCase)
                || Has(Encoding.ASCII.GetBytes(digits));
        }
    }
}
