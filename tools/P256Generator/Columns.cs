using System.Collections.Generic;
using System.Text;

namespace Matter.Nano.Tools.P256Generator
{
    /// <summary>
    /// Emits one sum of products modulo p by product scanning, column by column, with Montgomery's reduction and one carry
    /// chain. As p = -1 modulo 2^96, the quotient digit of a column is its own low limb, and adding its multiple of p comes
    /// down to four shifted additions further up.
    /// </summary>
    /// <remarks>
    /// Each column has a local of its own which the next column reads first: the C# compiler then keeps it on the
    /// evaluation stack and spends a dup instead of a store and two loads.
    /// </remarks>
    internal sealed class Columns
    {
        private readonly List<string[]> _products = new List<string[]>();
        private readonly List<string> _subtrahends = new List<string>();
        private readonly List<string> _doubledSubtrahends = new List<string>();
        private readonly string _output;

        /// <summary>Starts a sum whose nine limbs go into locals of that prefix.</summary>
        public Columns(string output) { _output = output; }

        /// <summary>Adds (sign "+") or subtracts ("-") left · right; equal names make a square.</summary>
        public Columns Product(string sign, string left, string right)
        {
            _products.Add(new[] { sign, left, right, "" });
            return this;
        }

        /// <summary>Adds 2 · left · right.</summary>
        public Columns DoubledProduct(string left, string right)
        {
            _products.Add(new[] { "+", left, right, "2" });
            return this;
        }

        /// <summary>Subtracts a reduced value: its limbs join the high columns.</summary>
        public Columns Minus(string name)
        {
            _subtrahends.Add(name);
            return this;
        }

        /// <summary>Subtracts twice a reduced value, sharing the shift of a square's cross products.</summary>
        public Columns MinusTwice(string name)
        {
            _doubledSubtrahends.Add(name);
            return this;
        }

        /// <summary>Appends the block.</summary>
        public void Write(StringBuilder text, string indent)
        {
            text.Append(indent).Append("{\n");
            for (int column = 0; column < 18; column++)
            {
                string sum = Sum(column);
                text.Append(indent).Append("    ");
                if (column == 17)
                {
                    text.Append(Output(8)).Append(" = ").Append(sum).Append(";\n");
                }
                else
                {
                    string target = column < 9 ? "m" + column : Output(column - 9);
                    text.Append($"long c{column} = {sum}; {target} = c{column} & mask;\n");
                }
            }

            text.Append(indent).Append("}\n");
        }

        private string Output(int limb)
        {
            return _output.EndsWith("[") ? _output + (limb == 0 ? "r]" : "r + " + limb + "]") : _output + limb;
        }

        private string Sum(int column)
        {
            var doubled = new List<string>();
            var single = new List<string>();
            foreach (string[] product in _products)
            {
                bool square = product[1] == product[2];
                for (int i = 0; i < 9; i++)
                {
                    int j = column - i;
                    if (j < 0 || j > 8 || (square && i > j)) continue;
                    string term = product[0] + product[1] + i + " * " + product[2] + j;
                    bool twice = square ? i < j : product[3] == "2";
                    (twice ? doubled : single).Add(term);
                }
            }

            if (column >= 9)
            {
                foreach (string name in _doubledSubtrahends) doubled.Add("-" + name + (column - 9));
                foreach (string name in _subtrahends) single.Add("-" + name + (column - 9));
            }

            var terms = new List<string>();
            if (column > 0) terms.Add($"+(c{column - 1} >> 29)");
            AddDoubled(terms, doubled);
            terms.AddRange(single);
            AddMultiples(terms, column);
            return Join(terms);
        }

        private static void AddDoubled(List<string> terms, List<string> doubled)
        {
            if (doubled.Count == 0) return;
            bool negative = doubled.TrueForAll(term => term[0] == '-');
            if (negative)
            {
                doubled = doubled.ConvertAll(term => "+" + term.Substring(1));
            }
            else
            {
                List<string> positive = doubled.FindAll(term => term[0] == '+');
                positive.AddRange(doubled.FindAll(term => term[0] == '-'));
                doubled = positive;
            }

            terms.Add((negative ? "-" : "+") + "((" + Join(doubled) + ") << 1)");
        }

        /// <summary>The quotient digits' multiples of p + 1 = 2^256 - 2^224 + 2^192 + 2^96.</summary>
        private static void AddMultiples(List<string> terms, int column)
        {
            int[] limb = { 3, 6, 7, 8 };
            int[] shift = { 9, 18, 21, 24 };
            for (int i = 0; i < 4; i++)
            {
                int digit = column - limb[i];
                if (digit >= 0 && digit < 9) terms.Add((limb[i] == 7 ? "-" : "+") + $"(m{digit} << {shift[i]})");
            }
        }

        private static string Join(List<string> terms)
        {
            var text = new StringBuilder(terms[0][0] == '-' ? "-" : "").Append(terms[0].Substring(1));
            for (int i = 1; i < terms.Count; i++) text.Append(' ').Append(terms[i][0]).Append(' ').Append(terms[i].Substring(1));
            return text.ToString();
        }
    }
}
