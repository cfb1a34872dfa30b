using System;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Matter.Nano.Tools.P256Generator
{
    /// <summary>Writes the field multiplication, the point engine, the inversion and the constants.</summary>
    internal static class ArithmeticSource
    {
        private const string Indent = "            ";

        public static string Write()
        {
            var text = new StringBuilder();
            text.Append(ArithmeticText.Header);
            WriteMultiply(text);
            WriteAccumulate(text);
            WriteInvert(text);
            WriteConstants(text);
            text.Append("    }\n}\n");
            return text.ToString();
        }

        private static void WriteMultiply(StringBuilder text)
        {
            text.Append(ArithmeticText.MultiplyHead);
            Line(text, Indent, i => $"long a{i} = file[{Index("a", i)}], b{i} = file[{Index("b", i)}];");
            text.Append(Indent).Append("long mask = LimbMask;\n").Append(Indent).Append("long ").Append(Names("m")).Append(";\n");
            new Columns("file[").Product("+", "a", "b").Write(text, Indent);
            text.Append("        }\n\n");
        }

        private static void WriteAccumulate(StringBuilder text)
        {
            text.Append(ArithmeticText.AccumulateHead);
            foreach (string name in new[] { "x", "w", "z", "t", "d", "g", "m" })
            {
                text.Append(Indent).Append("long ").Append(Names(name)).Append(";\n");
            }

            foreach (string name in new[] { "u", "e", "f" })
            {
                text.Append(Indent).Append("long ").Append(Names(name).Replace(",", " = 0,")).Append(" = 0;\n");
            }

            Line(text, Indent, i => $"x{i} = file[X + {i}]; w{i} = file[W + {i}]; z{i} = file[Z + {i}];");
            text.Append(ArithmeticText.LoopHead);
            WriteDoubling(text, Indent + "        ");
            text.Append(ArithmeticText.SelectHead);
            Line(text, Indent + "        ", i => $"e{i} = table[position + {i}];");
            text.Append(ArithmeticText.ScanHead);
            Line(text, Indent + "            ", i =>
                $"e{i} = e{i} | (table[position + {i}] & s0) | (table[position + {9 + i}] & s1) | (table[position + {18 + i}] & s2) | (table[position + {27 + i}] & s3);");
            text.Append(ArithmeticText.ScanTail);
            Line(text, Indent + "    ", i => $"f{i} = (e{i} >> 29) * sign; e{i} &= mask;");
            text.Append(Indent).Append("    e8 = (e8 << 35) >> 35;\n\n");
            WriteAddition(text, Indent + "    ");
            text.Append(Indent).Append("}\n\n");
            Line(text, Indent, i => $"file[X + {i}] = x{i}; file[W + {i}] = w{i}; file[Z + {i}] = z{i}; file[H + {i}] = u{i};");
            text.Append(Indent).Append("if (next < count)\n").Append(Indent).Append("{\n");
            Line(text, Indent + "    ", i => $"file[E + {i}] = e{i}; file[F + {i}] = f{i};");
            text.Append(Indent).Append("}\n\n").Append(Indent).Append("return next;\n        }\n\n");
        }

        /// <summary>D = Z^2; A = 3 (X - D)(X + D); B = W^2; C = X B; Z' = W Z; X' = A^2 - 2 C; W' = 2 A (C - X') - B^2.</summary>
        private static void WriteDoubling(StringBuilder text, string indent)
        {
            new Columns("t").Product("+", "z", "z").Write(text, indent);
            Line(text, indent, i => $"u{i} = x{i} - t{i}; t{i} = (x{i} + t{i}) * three;");
            new Columns("u").Product("+", "u", "t").Write(text, indent);
            new Columns("t").Product("+", "w", "w").Write(text, indent);
            new Columns("d").Product("+", "x", "t").Write(text, indent);
            new Columns("z").Product("+", "w", "z").Write(text, indent);
            new Columns("x").Product("+", "u", "u").MinusTwice("d").Write(text, indent);
            Line(text, indent, i => $"d{i} -= x{i};");
            new Columns("w").DoubledProduct("u", "d").Product("-", "t", "t").Write(text, indent);
        }

        /// <summary>
        /// H = e Z^2 - X; R = f Z^3 - W; r = R / 2; V = X H^2; K = H^3; Z' = Z H; X' = r^2 - K - 2 V; W' = R (V - X') - W K.
        /// </summary>
        private static void WriteAddition(StringBuilder text, string indent)
        {
            new Columns("t").Product("+", "z", "z").Write(text, indent);
            new Columns("u").Product("+", "e", "t").Minus("x").Write(text, indent);
            text.Append(indent).Append("if (((u0 + 8) & mask) <= 16 && (instruction & Forced) == 0) break;\n");
            new Columns("d").Product("+", "z", "t").Write(text, indent);
            new Columns("f").Product("+", "f", "d").Minus("w").Write(text, indent);
            text.Append(indent).Append("t0 = f0 & one;\n");
            text.Append(indent).Append("g0 = f0 - t0; g3 = f3 + (t0 << 9); g6 = f6 + (t0 << 18); g7 = f7 - (t0 << 21); g8 = f8 + (t0 << 24);\n");
            string[] source = { "g0", "f1", "f2", "g3", "f4", "f5", "g6", "g7", "g8" };
            for (int i = 0; i < 8; i++)
            {
                text.Append(indent).Append($"g{i} = ({source[i]} >> 1) + (({source[i + 1]} & one) << 28);\n");
            }

            text.Append(indent).Append("g8 = g8 >> 1;\n");
            new Columns("t").Product("+", "u", "u").Write(text, indent);
            new Columns("d").Product("+", "x", "t").Write(text, indent);
            new Columns("e").Product("+", "u", "t").Write(text, indent);
            new Columns("z").Product("+", "z", "u").Write(text, indent);
            new Columns("x").Product("+", "g", "g").Minus("e").MinusTwice("d").Write(text, indent);
            Line(text, indent, i => $"d{i} -= x{i};");
            new Columns("w").Product("+", "f", "d").Product("-", "w", "e").Write(text, indent);
        }

        private static void WriteInvert(StringBuilder text)
        {
            text.Append(ArithmeticText.InvertHead);
            Line(text, Indent, i => $"long f{i} = file[modulus + {i}], p{i} = f{i}, g{i} = file[value + {i}], d{i} = 0, e{i} = {(i == 0 ? 1 : 0)};");
            text.Append(ArithmeticText.InvertSteps);
            string inner = Indent + "    ";
            for (int i = 1; i < 9; i++)
            {
                text.Append(inner).Append($"cd = (cd >> 29) + u * d{i} + v * e{i} + p{i} * md; ce = (ce >> 29) + q * d{i} + r * e{i} + p{i} * me; ");
                text.Append($"d{i - 1} = cd & mask; e{i - 1} = ce & mask;\n");
            }

            text.Append(inner).Append("d8 = cd >> 29;\n").Append(inner).Append("e8 = ce >> 29;\n\n");
            text.Append(inner).Append("cd = u * f0 + v * g0;\n").Append(inner).Append("ce = q * f0 + r * g0;\n");
            for (int i = 1; i < 9; i++)
            {
                text.Append(inner).Append($"cd = (cd >> 29) + u * f{i} + v * g{i}; ce = (ce >> 29) + q * f{i} + r * g{i}; ");
                text.Append($"f{i - 1} = cd & mask; g{i - 1} = ce & mask;\n");
            }

            text.Append(ArithmeticText.InvertTail);
            Line(text, Indent, i => $"file[result + {i}] = d{i} * u;");
            text.Append("        }\n\n");
        }

        private static void WriteConstants(StringBuilder text)
        {
            text.Append("        /// <summary>Writes p, 1, 1/2, and in Montgomery's form 1, R, R^2 and b from <see cref=\"P\"/> on.</summary>\n");
            text.Append("        internal static void LoadField(long[] file)\n        {\n");
            BigInteger p = Curve.P;
            BigInteger r = Curve.R;
            BigInteger[] field = { p, 1, (p + 1) / 2, r % p, r * r % p, r * r * r % p, Curve.B * r % p };
            for (int i = 0; i < field.Length; i++) Store(text, "P", 9 * i, field[i]);
            text.Append("        }\n\n");
            text.Append("        /// <summary>Writes n, R and R^2 modulo n to 27 elements from <paramref name=\"at\"/> on.</summary>\n");
            text.Append("        internal static void LoadOrder(long[] file, int at)\n        {\n");
            BigInteger n = Curve.N;
            BigInteger[] order = { n, r % n, r * r % n };
            for (int i = 0; i < order.Length; i++) Store(text, "at", 9 * i, order[i]);
            text.Append("        }\n");
        }

        private static void Store(StringBuilder text, string start, int offset, BigInteger value)
        {
            for (int i = 0; i < Curve.Limbs; i++)
            {
                string limb = "0x" + Curve.Limb(value, i).ToString("x", CultureInfo.InvariantCulture);
                text.Append(Indent).Append($"file[{start} + {offset + i}] = {limb};\n");
            }
        }

        private static string Index(string start, int limb)
        {
            return limb == 0 ? start : start + " + " + limb;
        }

        private static string Names(string prefix)
        {
            var names = new string[Curve.Limbs];
            for (int i = 0; i < names.Length; i++) names[i] = prefix + i;
            return string.Join(", ", names);
        }

        private static void Line(StringBuilder text, string indent, Func<int, string> statement)
        {
            for (int i = 0; i < Curve.Limbs; i++) text.Append(indent).Append(statement(i)).Append('\n');
        }
    }
}
