using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Matter.Nano.Tests.Desktop.Kill;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A device whose plug is pulled: a process of its own, killed in the middle of what it does, and started again.</summary>
    [TestClass]
    public class KillSoakTests
    {
        private const int MaxAtOnce = 2;

        [TestMethod]
        public void KilledDevice_IsAsBeforeOrAsAfter_AndCanBeCommissioned()
        {
            int kills = Soak.Count(16, 2000);
            int runs = Math.Min(Math.Min(MaxAtOnce, Environment.ProcessorCount), kills);
            KillRun[] all = Enumerable.Range(0, runs).Select(seed => new KillRun(seed + 1)).ToArray();
            try
            {
                Task.WaitAll(all.Select((run, i) => Task.Factory.StartNew(
                    () => run.Run(kills / runs + (i < kills % runs ? 1 : 0)), TaskCreationOptions.LongRunning)).ToArray());
            }
            finally
            {
                foreach (KillRun run in all)
                    run.Dispose();
            }

            SortedDictionary<string, int[]> counts = new SortedDictionary<string, int[]>();
            foreach (KeyValuePair<string, int[]> pair in all.SelectMany(run => run.Kills))
                counts[pair.Key] = counts.TryGetValue(pair.Key, out int[] sum) ? new[] { sum[0] + pair.Value[0], sum[1] + pair.Value[1] } : pair.Value;
            int total = counts.Values.Sum(count => count[0]);
            int inside = counts.Values.Sum(count => count[1]);
            Console.WriteLine(
                "soak: {0} kills, {1} of them between the first and the last write of an operation ({2}); found as before {3}, as after {4}, "
                + "either would have been right {5}; lost or half fabrics 0; group counters compared {6}, event numbers {7}, used twice 0; commissionings that followed {8}",
                total, inside, string.Join(", ", counts.Select(pair => pair.Key + " " + pair.Value[1] + "/" + pair.Value[0])),
                all.Sum(run => run.Old), all.Sum(run => run.New), total - all.Sum(run => run.Old) - all.Sum(run => run.New),
                all.Sum(run => run.Counters), all.Sum(run => run.EventNumbers), total);
            Assert.AreEqual(kills, total);
            Assert.IsTrue(inside * 4 >= total, inside + " of " + total);
            Assert.IsTrue(all.Sum(run => run.Counters) > 0, "group counters");
        }
    }
}
