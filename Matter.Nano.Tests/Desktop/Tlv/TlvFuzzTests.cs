using System;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    [TestClass]
    public class TlvFuzzTests
    {
        private const int Capacity = 4096;

        [TestMethod]
        public void RandomTrees_SurviveARoundTrip()
        {
            Random random = new Random(1);
            TlvWriter writer = new TlvWriter();
            TlvReader reader = new TlvReader();
            for (int round = 0; round < 3000; round++)
            {
                byte[] tlv = RandomTree(random, writer);
                CollectionAssert.AreEqual(tlv, TlvText.Rewritten(tlv));

                reader.Reset(tlv, 0, tlv.Length);
                Assert.IsTrue(reader.Next());
                Assert.AreEqual(tlv.Length, reader.ElementLength());
                Assert.AreEqual(0, reader.Finish());
                for (int length = 0; length < tlv.Length; length++)
                {
                    reader.Reset(tlv, 0, length);
                    reader.Next();
                    Assert.IsTrue(reader.Finish() < 0 || length == 0);
                }
            }
        }

        [TestMethod]
        public void MutatedInput_NeverThrows()
        {
            Random random = new Random(2);
            TlvWriter writer = new TlvWriter();
            int valid = 0;
            for (int round = 0; round < 100000; round++)
            {
                byte[] tlv = RandomTree(random, writer);
                for (int changes = random.Next(1, 4); changes > 0; changes--)
                {
                    tlv[random.Next(tlv.Length)] = (byte)random.Next(256);
                }
                valid += Agrees(tlv);
            }
            Assert.IsTrue(valid > 1000, "some mutations are still valid");
            Assert.IsTrue(valid < 99000, "most are not");
        }

        [TestMethod]
        public void RandomInput_NeverThrows()
        {
            Random random = new Random(3);
            for (int round = 0; round < 100000; round++)
            {
                byte[] tlv = new byte[random.Next(40)];
                random.NextBytes(tlv);
                Agrees(tlv);
            }
        }

        // Reading everything, skipping everything and rewriting agree on whether it is valid; 1 if so.
        private static int Agrees(byte[] tlv)
        {
            TlvReader reader = new TlvReader();
            reader.Reset(tlv, 0, tlv.Length);
            while (reader.Next()) { }
            bool skipped = reader.Finish() == 0;
            string text = TlvText.Of(tlv);
            if (text == null) return 0;
            Assert.IsTrue(skipped, "what can be read can be skipped");
            Assert.AreEqual(text, TlvText.Of(TlvText.Rewritten(tlv)));
            return 1;
        }

        private static byte[] RandomTree(Random random, TlvWriter writer)
        {
            writer.Reset(new byte[Capacity], 0, Capacity);
            Put(random, writer, TlvTag.Anonymous, 0);
            Assert.AreEqual(0, writer.Error);
            byte[] tlv = new byte[writer.Length];
            Array.Copy(writer.Buffer, 0, tlv, 0, tlv.Length);
            return tlv;
        }

        private static void Put(Random random, TlvWriter writer, int tag, int depth)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            switch (random.Next(depth == 0 ? 8 : 0, depth < 5 ? 12 : 8))
            {
                case 0: writer.PutUnsigned(tag, (ulong)random.NextInt64() << 1 >> random.Next(64)); return;
                case 1: writer.PutSigned(tag, random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64)); return;
                case 2: writer.PutBoolean(tag, random.Next(2) == 0); return;
                case 3: writer.PutFloat(tag, random.NextSingle() * 1e30f); return;
                case 4: writer.PutDouble(tag, random.NextDouble() * 1e300); return;
                case 5:
                    for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)random.Next(1, 128);
                    writer.PutString(tag, bytes, 0, bytes.Length);
                    return;
                case 6: writer.PutBytes(tag, bytes, 0, bytes.Length); return;
                case 7: writer.PutNull(tag); return;
                case 8:
                    writer.StartArray(tag);
                    for (int i = random.Next(4); i > 0; i--) Put(random, writer, TlvTag.Anonymous, depth + 1);
                    break;
                case 9:
                    writer.StartList(tag);
                    for (int i = random.Next(4); i > 0; i--) Put(random, writer, RandomTag(random, writer, -1), depth + 1);
                    break;
                default:
                    writer.StartStructure(tag);
                    for (int i = random.Next(5); i > 0; i--) Put(random, writer, RandomTag(random, writer, 0), depth + 1);
                    break;
            }
            writer.EndContainer();
        }

        private static int RandomTag(Random random, TlvWriter writer, int lowest)
        {
            int control = random.Next(10);
            if (control < 2 || control > 7) return random.Next(lowest, 256);
            writer.SetProfileTag(control, control < 6 ? 0 : (uint)random.NextInt64(), (uint)random.NextInt64() >> ((control & 1) == 0 ? 16 : 0));
            return TlvTag.Profile;
        }
    }
}
