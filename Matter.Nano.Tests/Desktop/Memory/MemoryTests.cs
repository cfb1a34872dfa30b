using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Messages;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>The heap that a whole light takes on a board, and that docs/memory.md and Limits.cs tell it right.</summary>
    [TestClass]
    public class MemoryTests
    {
        private const int BoardBlock = 12;
        private const int EmulatorBlock = 24;

        // 64 KB is the aim; docs/memory.md explains what is over it.
        private const int Budget = 94 * 1024;
        private const int TolerancePercent = 5;
        private const int ToleranceBytes = 200;
        private const ulong LightId = 0x1234;

        [TestMethod]
        public void FullNode_KeepsToTheBudget()
        {
            VirtualLight light = Start(out MemoryLink link);
            int atStart = AccountOf(light).Total;
            int onEmulator = AccountOf(light, EmulatorBlock, false).Total;
            int commissioned = 0;
            int peak = 0;
            Commissioner administrator = null;
            for (int i = 0; i < Limits.Fabrics; i++)
            {
                administrator = Join(link, i, link.Run);
                Assert.IsTrue(light.Node.Window.Status != CommissioningWindow.NotOpen || light.Node.Window.OpenByUser(link.Now) == 0);
                administrator.Commission(VirtualLight.Passcode, LightId + (ulong)i);
                for (int session = 1; session < Limits.SessionsPerFabric; session++)
                {
                    administrator.Case(LightId + (ulong)i);
                }

                commissioned = i > 0 ? commissioned : AccountOf(light).Total;
            }

            Assert.AreEqual(Limits.Fabrics, light.Node.Fabrics.Count);
            Assert.AreEqual(Limits.Fabrics * Limits.SessionsPerFabric, ActiveSessions(light.Node));
            Assert.AreEqual(0, light.Node.Window.OpenByUser(link.Now));
            Join(link, Limits.Fabrics, link.Run).Pase(VirtualLight.Passcode);
            Commissioner late = Join(link, 0, ms =>
            {
                link.Run(ms);
                peak = Math.Max(peak, AccountOf(light).Total);
            });
            late.Case(LightId);
            Assert.AreEqual(Limits.SecureSessions, ActiveSessions(light.Node));
            HeapAccount full = AccountOf(light);
            Dictionary<string, int> figures = FiguresOf(full);
            figures["at start"] = atStart;
            figures["at start on the emulator"] = onEmulator;
            figures["commissioned"] = commissioned;
            figures["full"] = full.Total;
            figures["handshake"] = peak;
            Print(figures, full);
            Assert.IsTrue(full.Total <= Budget, "over the budget of " + Budget + " bytes: " + full.Total);
            AssertDocument(figures, full);
        }

        /// <summary>Of rows of two sizes the larger ones, unless told otherwise, are meant.</summary>
        [TestMethod]
        [DataRow(nameof(Limits.SecureSessions), true, typeof(Session), null)]
        [DataRow(nameof(Limits.UnsecuredSessions), false, typeof(Session), null)]
        [DataRow(nameof(Limits.Exchanges), true, typeof(Exchange), null)]
        [DataRow(nameof(Limits.FullSlots), true, typeof(OutboxSlot), null)]
        [DataRow(nameof(Limits.SmallSlots), false, typeof(OutboxSlot), null)]
        [DataRow(nameof(Limits.CaseHandshakes), true, typeof(CaseHandshake), typeof(Sha256))]
        [DataRow(nameof(Limits.Subscriptions), true, typeof(Subscription), null)]
        [DataRow(nameof(Limits.Interactions), true, typeof(Interaction), typeof(ReportCursor))]
        public void Limits_TellTheirCost(string limit, bool isLargest, Type row, Type part)
        {
            HeapAccount account = AccountOf(Start(out _));
            IEnumerable<int> costs = account.Objects[row].Select(one => account.CostOf(one, part));
            string source = File.ReadAllText(Path.Combine(Repository.Root, "Matter.Nano.Messaging", "Limits.cs"));
            Match text = Regex.Match(source, @"about (\d+)\s+(?:///\s+)?bytes\s+(?:///\s+)?each(?:(?!public)[\s\S])*public const int " + limit + " =");
            Assert.IsTrue(text.Success, limit + ": no cost");
            int cost = isLargest ? costs.Max() : costs.Min();
            Assert.IsTrue(Math.Abs(cost - int.Parse(text.Groups[1].Value)) * 100 <= cost * TolerancePercent, limit + ": " + cost);
        }

        private static VirtualLight Start(out MemoryLink link)
        {
            link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            link.Join(light);
            return light;
        }

        private static HeapAccount AccountOf(VirtualLight light)
        {
            return AccountOf(light, BoardBlock, true);
        }

        private static HeapAccount AccountOf(VirtualLight light, int block, bool withStatics)
        {
            HeapAccount account = new HeapAccount(block, typeof(CryptoSuite).Assembly, typeof(Limits).Assembly, typeof(Node).Assembly, typeof(OnOffCluster).Assembly);
            if (withStatics)
            {
                account.AddStatics();
            }

            account.Add(light.Crypto);
            account.Add(light.Node);
            return account;
        }

        private static Commissioner Join(MemoryLink link, int number, Action<long> wait)
        {
            Commissioner administrator = new Commissioner((uint)number + 3, 0xFAB1 + (ulong)number, link.Address(1), ms => wait(ms));
            link.Join(administrator);
            link.Run(1);
            return administrator;
        }

        private static int ActiveSessions(Node node)
        {
            return Enumerable.Range(0, node.Sessions.Capacity).Count(row => node.Sessions.GetRow(row).IsActive);
        }

        private static Dictionary<string, int> FiguresOf(HeapAccount account)
        {
            Dictionary<string, int> figures = account.Bytes.ToDictionary(owner => owner.Key.Name, owner => owner.Value);
            foreach (IGrouping<string, KeyValuePair<Type, int>> area in account.Bytes.GroupBy(AreaOf))
            {
                figures[area.Key] = area.Sum(owner => owner.Value);
            }

            return figures;
        }

        private static string AreaOf(KeyValuePair<Type, int> owner)
        {
            return owner.Key.Namespace == nameof(Matter) + "." + nameof(Nano) ? "Node itself" : owner.Key.Namespace.Split('.').Last();
        }

        private static void Print(Dictionary<string, int> figures, HeapAccount account)
        {
            foreach (KeyValuePair<string, int> figure in figures.OrderByDescending(figure => figure.Value))
            {
                int objects = account.Objects.FirstOrDefault(type => type.Key.Name == figure.Key).Value?.Count ?? 0;
                Console.WriteLine("| " + figure.Key + " | " + (objects > 0 ? objects + " | " : "") + figure.Value + " |");
            }
        }

        /// <summary>Rows of tables that end in a number of bytes: all are near, no area is left out.</summary>
        private static void AssertDocument(Dictionary<string, int> figures, HeapAccount account)
        {
            string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "memory.md"));
            HashSet<string> told = new HashSet<string>();
            foreach (Match row in Regex.Matches(document, @"^\| ([\w ]+?) \|.* (\d+) \|$", RegexOptions.Multiline))
            {
                string name = row.Groups[1].Value;
                if (figures.TryGetValue(name, out int bytes))
                {
                    AssertNear(bytes, int.Parse(row.Groups[2].Value), "docs/memory.md: " + name);
                    told.Add(name);
                }
            }

            foreach (string needed in account.Bytes.Select(AreaOf).Concat(new[] { "at start", "at start on the emulator", "commissioned", "full", "handshake" }))
            {
                Assert.IsTrue(told.Contains(needed), "docs/memory.md lacks: " + needed);
            }
        }

        private static void AssertNear(int measured, int told, string name)
        {
            int tolerance = Math.Max(measured * TolerancePercent / 100, ToleranceBytes);
            Assert.IsTrue(Math.Abs(measured - told) <= tolerance, name + ": " + told + " is told, " + measured + " measured");
        }
    }
}
