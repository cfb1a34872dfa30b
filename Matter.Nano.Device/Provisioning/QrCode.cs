using System;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// A QR code of version 2 with error correction M for up to 38 characters (ISO/IEC 18004), enough for an onboarding
    /// payload. Always with mask 0: the choice by penalty points only helps a reader, and every reader knows all masks.
    /// </summary>
    public sealed class QrCode
    {
        /// <summary>Modules on a side.</summary>
        public const int Size = 25;

        /// <summary>Longest text in characters.</summary>
        public const int MaxLength = 38;

        // What the alphanumeric mode has, in the order of its values.
        private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
        private const int AlphanumericMode = 2;
        private const int ModeBits = 4;
        private const int CountBits = 9;
        private const int PairBits = 11;
        private const int SingleBits = 6;
        private const int TerminatorBits = 4;

        private const int DataLength = 28;
        private const int CorrectionLength = 16;
        private const int Polynomial = 0x11D;

        // Level M and mask 0 with their check bits, masked.
        private const int Format = 0x5412;

        private readonly uint[] _dark = new uint[Size]; // a row each, column x in bit x
        private readonly uint[] _fixed = new uint[Size]; // the function patterns: where no data goes
        private readonly byte[] _codewords = new byte[DataLength + CorrectionLength];
        private int _bits;

        /// <summary>Draws a code.</summary>
        /// <param name="text">Digits, capitals, space and $%*+-./: only.</param>
        /// <exception cref="ArgumentException">Other or too many characters.</exception>
        public QrCode(string text)
        {
            char[] letters = text.ToCharArray();
            if (letters.Length > MaxLength)
            {
                throw new ArgumentException("too long for this code");
            }

            PutData(letters);
            PutCorrection();
            DrawPatterns();
            DrawData();
        }

        /// <summary>Tells the colour of a module.</summary>
        /// <param name="x">Column, 0 to <see cref="Size"/> - 1 from the left.</param>
        /// <param name="y">Row from the top.</param>
        /// <returns>True if it is dark.</returns>
        public bool IsDark(int x, int y)
        {
            return (_dark[y] >> x & 1) != 0;
        }

        /// <summary>Whether a module belongs to a finder, timing or other function pattern, which no mask touches.</summary>
        /// <param name="x">Column.</param>
        /// <param name="y">Row.</param>
        /// <returns>True if it does.</returns>
        public bool IsFixed(int x, int y)
        {
            return (_fixed[y] >> x & 1) != 0;
        }

        private static int ValueOf(char letter)
        {
            int value = Alphabet.IndexOf(letter);
            if (value < 0)
            {
                throw new ArgumentException("not a letter of this code");
            }

            return value;
        }

        private void PutData(char[] letters)
        {
            Put(AlphanumericMode, ModeBits);
            Put(letters.Length, CountBits);
            int at = 0;
            for (; at + 1 < letters.Length; at += 2)
            {
                Put((ValueOf(letters[at]) * Alphabet.Length) + ValueOf(letters[at + 1]), PairBits);
            }

            if (at < letters.Length)
            {
                Put(ValueOf(letters[at]), SingleBits);
            }

            int room = (DataLength * 8) - _bits;
            Put(0, room < TerminatorBits ? room : TerminatorBits);
            byte pad = 0xEC;
            for (int i = (_bits + 7) / 8; i < DataLength; i++)
            {
                _codewords[i] = pad;
                pad ^= 0xEC ^ 0x11;
            }
        }

        private void Put(int value, int bits)
        {
            for (int i = bits - 1; i >= 0; i--)
            {
                _codewords[_bits >> 3] |= (byte)((value >> i & 1) << (7 - (_bits & 7)));
                _bits++;
            }
        }

        // Reed-Solomon: the remainder of the data divided by (x - 1)(x - 2)(x - 4)…, 16 factors.
        private void PutCorrection()
        {
            byte[] divisor = new byte[CorrectionLength];
            divisor[CorrectionLength - 1] = 1;
            int root = 1;
            for (int i = 0; i < CorrectionLength; i++)
            {
                for (int j = 0; j < CorrectionLength; j++)
                {
                    int next = j + 1 < CorrectionLength ? divisor[j + 1] : 0;
                    divisor[j] = (byte)(Multiply(divisor[j], root) ^ next);
                }

                root = Multiply(root, 2);
            }

            byte[] codewords = _codewords;
            for (int i = 0; i < DataLength; i++)
            {
                int factor = codewords[i] ^ codewords[DataLength];
                Array.Copy(codewords, DataLength + 1, codewords, DataLength, CorrectionLength - 1);
                codewords[DataLength + CorrectionLength - 1] = 0;
                for (int j = 0; j < CorrectionLength; j++)
                {
                    codewords[DataLength + j] ^= (byte)Multiply(divisor[j], factor);
                }
            }
        }

        private static int Multiply(int left, int right)
        {
            int product = 0;
            for (int bit = 7; bit >= 0; bit--)
            {
                product = product << 1 ^ (product >> 7) * Polynomial;
                product ^= (right >> bit & 1) * left;
            }

            return product;
        }

        private void DrawPatterns()
        {
            for (int i = 0; i < Size; i++)
            {
                Set(i, 6, (i & 1) == 0);
                Set(6, i, (i & 1) == 0);
            }

            DrawSquares(3, 3, 4);
            DrawSquares(Size - 4, 3, 4);
            DrawSquares(3, Size - 4, 4);
            DrawSquares(Size - 7, Size - 7, 2);
            Set(8, Size - 8, true);

            // The format stands twice: around the first finder pattern, and beside the other two.
            for (int i = 0; i < 15; i++)
            {
                bool isDark = (Format >> i & 1) != 0;
                Set(i < 8 ? 8 : i == 8 ? 7 : 14 - i, i < 6 ? i : i < 8 ? i + 1 : 8, isDark);
                Set(i < 8 ? Size - 1 - i : 8, i < 8 ? 8 : Size - 15 + i, isDark);
            }
        }

        // Dark and light squares around one another; a finder pattern's outermost is light and may lie outside.
        private void DrawSquares(int x, int y, int radius)
        {
            for (int dy = -radius; dy <= radius; dy++)
            {
                for (int dx = -radius; dx <= radius; dx++)
                {
                    if (x + dx >= 0 && x + dx < Size && y + dy >= 0 && y + dy < Size)
                    {
                        int across = dx < 0 ? -dx : dx;
                        int down = dy < 0 ? -dy : dy;
                        int ring = across > down ? across : down;
                        Set(x + dx, y + dy, radius == 4 ? ring != 2 && ring != 4 : ring != 1);
                    }
                }
            }
        }

        private void Set(int x, int y, bool isDark)
        {
            _fixed[y] |= 1u << x;
            _dark[y] = isDark ? _dark[y] | 1u << x : _dark[y] & ~(1u << x);
        }

        // Up and down in pairs of columns, from the right, with the mask; past the data are seven bits of nothing.
        private void DrawData()
        {
            int bit = 0;
            for (int right = Size - 1; right > 0; right -= 2)
            {
                if (right == 6)
                {
                    right = 5;
                }

                bool isUp = (right + 1 & 2) == 0;
                for (int step = 0; step < Size; step++)
                {
                    int y = isUp ? Size - 1 - step : step;
                    for (int x = right; x >= right - 1; x--)
                    {
                        if (IsFixed(x, y))
                        {
                            continue;
                        }

                        bool isSet = bit < _codewords.Length * 8 && (_codewords[bit >> 3] >> (7 - (bit & 7)) & 1) != 0;
                        bit++;
                        if (isSet == ((x + y & 1) != 0))
                        {
                            _dark[y] |= 1u << x;
                        }
                    }
                }
            }
        }
    }
}
