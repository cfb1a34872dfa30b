using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    [TestClass]
    public class DerTests
    {
        [TestMethod]
        public void Lengths_AreReadOrRejected()
        {
            VectorReader v = new VectorReader(VectorData.DerLength);
            while (v.NextCase())
            {
                byte[] input = v.Bytes("input");
                long length = Der.ReadLength(input, 0, input.Length, out int octets);
                if (v.Int("valid") == 1)
                {
                    Assert.AreEqual(v.Long("length"), length, v.Name);
                    Assert.AreEqual(input.Length, octets, v.Name);
                }
                else
                {
                    Assert.AreEqual((long)MatterError.OutOfRange, length, v.Name);
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Integers_AreWrittenInTheirShortestForm()
        {
            VectorReader v = new VectorReader(VectorData.DerInteger);
            byte[] buffer = new byte[16];
            DerWriter writer = new DerWriter();
            while (v.NextCase())
            {
                byte[] number = v.Bytes("candidate");
                writer.Reset(buffer, 0, buffer.Length);
                writer.PutUnsigned(number, 0, number.Length);
                Check(v.Bytes("expected"), buffer, writer, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Signatures_AreWritten()
        {
            VectorReader v = new VectorReader(VectorData.DerSignature);
            byte[] buffer = new byte[140];
            DerWriter writer = new DerWriter();
            while (v.NextCase())
            {
                byte[] raw = v.Bytes("raw");
                writer.Reset(buffer, 0, buffer.Length);
                writer.PutSignature(raw, 0, v.Int("fe_length_bytes"));
                Check(v.Bytes("der"), buffer, writer, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        [DataRow(0, 2)]
        [DataRow(127, 2)]
        [DataRow(128, 3)]
        [DataRow(255, 3)]
        [DataRow(256, 4)]
        [DataRow(1000, 4)]
        public void Containers_MakeRoomForTheirLength(int length, int head)
        {
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++) content[i] = (byte)i;
            byte[] buffer = new byte[length + head + 1];
            DerWriter writer = new DerWriter();
            writer.Reset(buffer, 1, length + head);
            writer.Start(Der.Sequence);
            writer.PutRaw(content, 0, length);
            writer.End();
            Assert.AreEqual(0, writer.Error);
            Assert.AreEqual(length + head, writer.Length);
            Assert.AreEqual((long)length, Der.ReadLength(buffer, 2, buffer.Length, out int octets));
            Assert.AreEqual(head - 1, octets);
            for (int i = 0; i < length; i++) Assert.AreEqual(content[i], buffer[1 + head + i]);

            writer.Reset(buffer, 1, length + head - 1);
            writer.Start(Der.Sequence);
            writer.PutRaw(content, 0, length);
            writer.End();
            Assert.AreEqual(MatterError.BufferTooSmall, writer.Error);
        }

        [TestMethod]
        public void Nesting_IsBounded()
        {
            DerWriter writer = new DerWriter();
            writer.Reset(new byte[64], 0, 64);
            for (int i = 0; i < 8; i++) writer.Start(Der.Sequence);
            Assert.AreEqual(0, writer.Error);
            writer.Start(Der.Sequence);
            Assert.AreEqual(MatterError.BufferTooSmall, writer.Error);
            for (int i = 0; i < 20; i++) writer.End();
        }

        private static void Check(byte[] expected, byte[] buffer, DerWriter writer, string name)
        {
            Assert.AreEqual(0, writer.Error, name);
            byte[] actual = new byte[writer.Length];
            System.Array.Copy(buffer, 0, actual, 0, actual.Length);
            CollectionAssert.AreEqual(expected, actual, name);
        }
    }
}
