using System.Collections.Generic;
using System.Text;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The gate bites: one offender of each kind is told by rule and name, and nothing else is.</summary>
    [TestClass]
    public class GateTests
    {
        [TestMethod]
        [DataRow("N.C`1", "namespace N { class C<T> { } }")]
        [DataRow("N.C.M", "namespace N { class C { static void M<T>() { } } }")]
        [DataRow("N.C.M", "namespace N { class C { static void M(object o) { System.Array.Resize(ref a, 1); } static byte[] a; } }")]
        [DataRow("N.C.f", "namespace N { class C { public System.Action<int> f; } }")]
        [DataRow("N.C.M", "namespace N { class C { static object M() { return new System.Collections.Generic.List<int>(); } } }")]
        [DataRow("N.C.M", "namespace N { class C { static int M(System.Func<int> f) { return f(); } } }")]
        [DataRow("N.C", "namespace N { abstract class C : System.IEquatable<C> { public abstract bool Equals(C c); } }")]
        public void Generics(string member, string source)
        {
            Rejects("Generics", member, source);
        }

        [TestMethod]
        [DataRow("N.C.f", "namespace N { class C { public int[,] f; } }")]
        [DataRow("N.C.M", "namespace N { class C { static object M() { return new byte[2, 3]; } } }")]
        [DataRow("N.C.M", "namespace N { class C { static int M(object o) { return ((int[,])o).Length; } } }")]
        public void MultiDimensionalArray(string member, string source)
        {
            Rejects("MultiDimensionalArray", member, source);
        }

        [TestMethod]
        public void DefaultInterfaceMethod()
        {
            Rejects("DefaultInterfaceMethod", "N.I.M", "namespace N { interface I { int M() { return 1; } } }");
        }

        [TestMethod]
        [DataRow("namespace N { class C { static int M(int a) { return checked(a + 1); } } }")]
        [DataRow("namespace N { class C { static byte M(int a) { return checked((byte)a); } } }")]
        [DataRow("namespace N { class C { static byte M(byte[] b, long i) { return b[i]; } } }")]
        [DataRow("namespace N { class C { static byte[] M(long n) { return new byte[n]; } } }")]
        public void Overflow(string source)
        {
            Rejects("Overflow", "N.C.M", source);
        }

        [TestMethod]
        [DataRow("N.A", "namespace N { class A { static int x = B.y; } class B { public static int y = 1; } }")]
        [DataRow("N.A", "namespace N { class A { static int x = F(); static int F() { return B.G(); } } class B { static int y = 1; public static int G() { return y; } } }")]
        [DataRow("N.A", "namespace N { class A { static object x = new B(); } class B { static int y = 1; int z; public B() { z = y; } } }")]
        [DataRow("N.A", "namespace N { class A { static int x = new B().G(); } class B { static int y = 1; public int G() { return y; } } }")]
        [DataRow("N.A", "namespace N { class A { static int x; static A() { H(ref B.y); } static void H(ref int i) { x = i; } } class B { public static int y = 1; } }")]
        public void StaticOrder(string member, string source)
        {
            Rejects("StaticOrder", member, source);
        }

        [TestMethod]
        public void StaticOrder_AcrossAssemblies()
        {
            byte[] library = GateFixture.Compile("Library", "public class B { static int y = 1; public static int G() { return y; } }");
            byte[] user = GateFixture.Compile("User", "class A { static int x = B.G(); }", library);

            Only(GateFixture.Inspect(user, library), "Assembly0 : error StaticOrder: A: static initialiser reads B.y in B.G");
        }

        [TestMethod]
        public void Branch()
        {
            Rejects("Branch", "N.C.M", "namespace N { class C { static int M(int a) { while (a > 0) { " + Repeat("a = a * 7 + a;", 7000) + " } return a; } } }");
        }

        [TestMethod]
        public void Switch()
        {
            StringBuilder cases = new StringBuilder();
            for (int i = 0; i < 256; i++)
            {
                cases.Append("case ").Append(i).Append(": return ").Append(i * 31 % 257).Append(";");
            }

            Rejects("Switch", "N.C.M", "namespace N { class C { static int M(int a) { switch (a) { " + cases + " } return 0; } } }");
        }

        [TestMethod]
        public void Slots_Locals()
        {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 251; i++)
            {
                body.Append("int v").Append(i).Append(" = 0; H(ref v").Append(i).Append(");");
            }

            Rejects("Slots", "N.C.M", "namespace N { class C { static void H(ref int i) { } static void M() { " + body + " } } }");
        }

        [TestMethod]
        public void Slots_Arguments()
        {
            StringBuilder parameters = new StringBuilder("int a");
            for (int i = 0; i < 249; i++)
            {
                parameters.Append(", int p").Append(i);
            }

            Accepts("class C { static void M(" + parameters + ") { } }");
            Rejects("Slots", "N.C.M", "namespace N { class C { void M(" + parameters + ") { } } }");
        }

        [TestMethod]
        public void Slots_Stack()
        {
            Rejects("Slots", "N.C.M", "namespace N { class C { static int M(int a) { return " + Repeat("a + (", 250) + "a" + Repeat(")", 250) + "; } } }");
        }

        [TestMethod]
        [DataRow("N.C.f", "namespace N { unsafe class C { byte* f; } }")]
        [DataRow("N.C.M", "namespace N { unsafe class C { static int M(byte[] b) { fixed (byte* p = b) return p[1]; } } }")]
        [DataRow("N.C.M", "namespace N { unsafe class C { static void M(delegate*<void> f) { f(); } } }")]
        public void Unsafe(string member, string source)
        {
            Rejects("Unsafe", member, source);
        }

        [TestMethod]
        public void Volatile()
        {
            string source = "namespace N { class C { volatile int f; int M() { return f; } } }";
            Rejects("Volatile", "N.C.f", source);
            Rejects("Volatile", "N.C.M", source);
        }

        [TestMethod]
        public void Size_Il()
        {
            string method = "(int a) { " + Repeat("a = a * 7 + a;", 2000) + " return a; }";
            Rejects("Size", "", "class C { static int A" + method + " static int B" + method + " static int D" + method + " static int E" + method + " static int F" + method + " }");
        }

        [TestMethod]
        public void Size_Strings()
        {
            Accepts("class C { static string M() { return \"" + Repeat("é", 29000) + "\"; } }");
            Rejects("Size", "", "class C { static string M() { return \"" + Repeat("é", 29500) + "\"; } }");
            Accepts("class C { const string Unused = \"" + Repeat("é", 40000) + "\"; }");
        }

        [TestMethod]
        public void Size_ArrayData()
        {
            Accepts("class C { static byte[] t = { " + Repeat("1, 2, 3, 4,", 14500) + " }; }");
            Rejects("Size", "", "class C { static byte[] t = { " + Repeat("1, 2, 3, 4,", 14800) + " }; }");
        }

        [TestMethod]
        [DataRow("static void M{0}() {{ }}")]
        [DataRow("void M{0}() {{ }}")]
        [DataRow("public virtual void M{0}() {{ }}")]
        [DataRow("public static int F{0};")]
        [DataRow("public int F{0};")]
        public void Size_Members(string member)
        {
            Accepts("namespace N { class C { " + Numbered(member, 220) + " } }");
            Rejects("Size", "N.C", "namespace N { class C { " + Numbered(member, 230) + " } }");
        }

        [TestMethod]
        public void Size_InheritedFields()
        {
            byte[] library = GateFixture.Compile("Library", "public class B { " + Numbered("public int A{0};", 120) + " }");
            byte[] user = GateFixture.Compile("User", "class C : B { " + Numbered("public int F{0};", 120) + " }", library);

            Only(GateFixture.Inspect(user, library), "Assembly0 : error Size: C: 240 instance fields, inherited ones included: more than 90 % of 255");
        }

        [TestMethod]
        public void Clean_IsAccepted()
        {
            Accepts(@"
namespace N
{
    delegate int D(int x);

    interface I
    {
        int M(int[][] table);
    }

    class C : I
    {
        private const string Text = ""text"";
        private static readonly byte[] s_table = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
        private static readonly string s_text = string.Empty + Text + s_table.Length;
        private static readonly D s_square = x => x * x;

        public int M(int[][] table)
        {
            int sum = s_square(s_table[3]) + s_text.Length;
            foreach (int[] row in table)
            {
                ref int first = ref row[0];
                first++;
                switch (first & 3)
                {
                    case 0: sum += 5; break;
                    case 1: sum ^= 7; break;
                    case 2: sum <<= 1; break;
                    case 3: sum--; break;
                }
            }

            try
            {
                return sum / table.Length;
            }
            catch (System.Exception) when (sum > 0)
            {
                return new C().M(table);
            }
        }
    }
}");
        }

        [TestMethod]
        public void SurfaceUnused()
        {
            byte[] surface = GateFixture.Compile("Surface", @"
namespace System { internal sealed class NeededByCompilerAttribute : Attribute { } }
namespace S
{
    public class Base { }
    public class Used : Base { public static extern void Called(); public static extern void Forgotten(); public virtual extern int Overridden(); public const int Limit = 3; }
    public class Lost { }
    [System.NeededByCompiler] public class Special { [System.NeededByCompiler] public static extern void Kept(); public static extern int Stale { get; } }
    public delegate void Handler();
    public static class Pairs { public static extern int Half { get; set; } public static extern event Handler Heard; public static extern int Unread { get; set; } }
}");
            byte[] user = GateFixture.Compile("User", "class C : S.Used { static void M() { Called(); S.Pairs.Half = 1; S.Pairs.Heard += M; } public override int Overridden() { return 1; } }", surface);
            List<string> lines = GateFixture.InspectSurface(surface, user);

            Assert.AreEqual(5, lines.Count, string.Join("\n", lines));
            Assert.IsTrue(lines.Contains("Assembly0 : error SurfaceUnused: S.Pairs.get_Unread System.Int32(): nothing uses this member any more"));
            Assert.IsTrue(lines.Contains("Assembly0 : error SurfaceUnused: S.Pairs.set_Unread System.Void(System.Int32): nothing uses this member any more"));
            Assert.IsTrue(lines.Contains("Assembly0 : error SurfaceUnused: S.Used.Forgotten System.Void(): nothing uses this member any more"));
            Assert.IsTrue(lines.Contains("Assembly0 : error SurfaceUnused: S.Lost: nothing uses this type any more"));
            Assert.IsTrue(lines.Contains("Assembly0 : error SurfaceUnused: S.Special.get_Stale System.Int32(): nothing uses this member any more"));
        }

        private static void Accepts(string source)
        {
            List<string> lines = GateFixture.Inspect(GateFixture.Compile("Clean", source));
            Assert.AreEqual("", string.Join("\n", lines));
        }

        private static void Rejects(string rule, string member, string source)
        {
            List<string> lines = GateFixture.Inspect(GateFixture.Compile("Offender", source));
            string start = "Assembly0 : error " + rule + ": ";
            bool named = false;
            foreach (string line in lines)
            {
                Assert.StartsWith(start, line);
                named |= line.StartsWith(start + (member.Length == 0 ? "" : member + ": "), System.StringComparison.Ordinal);
            }

            Assert.IsTrue(named, "no finding about " + member + ": " + string.Join("\n", lines));
        }

        private static void Only(List<string> lines, string expected)
        {
            Assert.AreEqual(expected, string.Join("\n", lines));
        }

        private static string Repeat(string text, int count)
        {
            return new StringBuilder().Insert(0, text, count).ToString();
        }

        private static string Numbered(string member, int count)
        {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                text.AppendFormat(member, i).Append(' ');
            }

            return text.ToString();
        }
    }
}
