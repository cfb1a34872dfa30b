using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Chunk boundaries everywhere in a list: coarsely on the emulator, one by one on the desktop.</summary>
    internal static class ChunkChecks
    {
        /// <summary>Lists of 0 to 130 items.</summary>
        public static void CheckListLengths(int step)
        {
            InteractionScene scene = new InteractionScene();
            for (int count = 0; count <= 130; count += step)
            {
                scene.One.ItemCount = count;
                scene.One.ItemLength = 20 + (count % 7);
                CheckItems(scene, count);
            }
        }

        /// <summary>Nine items of 60 to 1120 bytes.</summary>
        public static void CheckItemLengths(int step)
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemCount = 9;
            for (int length = 60; length <= 1120; length += step)
            {
                scene.One.ItemLength = length;
                CheckItems(scene, 9);
            }
        }

        /// <summary>A list of so many items behind a value of 0 to 1140 bytes, which shifts its boundaries.</summary>
        public static void CheckShifts(int count, int step)
        {
            InteractionScene scene = new InteractionScene();
            scene.One.ItemLength = 40;
            scene.One.ItemCount = count;
            for (int length = 0; length <= 1140; length += step)
            {
                scene.One.BytesLength = length;
                scene.Client.Clear();
                scene.Client.Read(
                    scene.Session,
                    new long[]
                    {
                        1, TestCluster.ClusterId, TestCluster.Bytes, 1, TestCluster.ClusterId, TestCluster.Items,
                        1, TestCluster.ClusterId, TestCluster.Constant,
                    },
                    true,
                    scene.Now);
                scene.Run(300);
                Assert.AreEqual(3, scene.Client.Reports().CountAll(), "length " + length);
                Assert.AreEqual(count, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Items));
                ReportReader reports = scene.Client.Reports();
                reports.Next();
                Assert.AreEqual(length, reports.Value.GetBytes(0, 2000));
                Assert.AreEqual(9L, reports.Last(1, TestCluster.ClusterId, TestCluster.Constant));
                CheckMessages(scene);
                scene.AssertIdle("length " + length);
            }
        }

        /// <summary>Reads the list of the first test cluster, which must have so many items.</summary>
        public static void CheckItems(InteractionScene scene, int count)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Items }, true, scene.Now);
            scene.Run(300);
            string what = count + " items of " + scene.One.ItemLength;
            Assert.AreEqual(count, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Items), what);
            CheckOrder(scene);
            CheckMessages(scene);
            scene.AssertIdle(what);
        }

        // Item n begins with byte n.
        private static void CheckOrder(InteractionScene scene)
        {
            int item = 0;
            ReportReader reports = scene.Client.Reports();
            while (reports.Next())
            {
                TlvReader value = reports.Value;
                Assert.AreEqual(scene.One.DataVersion, reports.Version);
                if (reports.IsAppend)
                {
                    item = CheckItem(scene, value, item);
                    continue;
                }
                value.Enter();
                while (value.Next()) item = CheckItem(scene, value, item);
            }
        }

        private static int CheckItem(InteractionScene scene, TlvReader value, int item)
        {
            while (scene.One.Gaps != 0 && item % scene.One.Gaps == 0) item++;
            Assert.AreEqual(scene.One.ItemLength, value.GetBytes(0, 2000));
            Assert.AreEqual((byte)item, value.Buffer[value.ValueOffset]);
            return item + 1;
        }

        /// <summary>All messages but the last one say that there is more, and none is too long for a datagram.</summary>
        public static void CheckMessages(InteractionScene scene)
        {
            // Message header, protocol header with an ack, tag.
            int capacity = 1232 - 8 - 10 - 16;
            for (int i = 0; i < scene.Client.Count; i++)
            {
                bool isLast = i == scene.Client.Count - 1;
                Assert.AreEqual(InteractionOpcode.ReportData, scene.Client.Opcode(i));
                Assert.AreEqual(!isLast, scene.Client.GetBoolean(i, 3));
                Assert.AreEqual(isLast, scene.Client.GetBoolean(i, 4));
                Assert.IsTrue(scene.Client.Length(i) <= capacity);
            }
        }
    }
}
