using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class Sha256Tests
    {
        [TestMethod]
        public void Vectors() { CheckAll(new Sha256()); }

        internal static void CheckAll(Sha256 sha)
        {
            VectorReader v = new VectorReader(VectorData.Sha256);
            byte[] hash = new byte[32];
            while (v.NextCase())
            {
                byte[] data = v.Bytes("data");
                sha.Hash(hash, 0, data, 0, data.Length);
                Assert.AreEqual(v.Text("hash"), TlvText.Hex(hash, 0, 32), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Streaming_EqualsOneShot_AtEverySplit()
        {
            Sha256 sha = new Sha256();
            byte[] data = new byte[150];
            for (int i = 0; i < data.Length; i++) data[i] = (byte)(i * 7);
            byte[] expected = new byte[32];
            byte[] hash = new byte[32];
            int[] lengths = new int[] { 0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 150 };
            for (int n = 0; n < lengths.Length; n++)
            {
                int length = lengths[n];
                sha.Hash(expected, 0, data, 0, length);
                for (int split = 0; split <= length; split++)
                {
                    sha.Start();
                    sha.Update(data, 0, split);
                    sha.Update(data, split, length - split);
                    sha.Finish(hash, 0);
                    CollectionAssert.AreEqual(expected, hash, length.ToString() + " at " + split.ToString());
                }
            }
        }

        [TestMethod]
        public void CopyFrom_ContinuesARunningHash()
        {
            byte[] data = new byte[100];
            byte[] expected = new byte[32];
            byte[] hash = new byte[32];
            Sha256 running = new Sha256();
            Sha256 copy = new Sha256();
            Sha256 whole = new Sha256();
            for (int length = 0; length < 100; length += 9)
            {
                running.Start();
                running.Update(data, 0, length);
                copy.CopyFrom(running);
                copy.Finish(hash, 0);
                whole.Hash(expected, 0, data, 0, length);
                CollectionAssert.AreEqual(expected, hash);

                running.Update(data, 0, 70);
                running.Finish(hash, 0);
                whole.Start();
                whole.Update(data, 0, length);
                whole.Update(data, 0, 70);
                whole.Finish(expected, 0);
                CollectionAssert.AreEqual(expected, hash);
            }
        }

        [TestMethod]
        public void Output_MayOverlapTheInput()
        {
            byte[] buffer = new byte[80];
            byte[] expected = new byte[32];
            for (int i = 0; i < 80; i++) buffer[i] = (byte)i;
            Sha256 sha = new Sha256();
            sha.Hash(expected, 0, buffer, 3, 70);
            sha.Hash(buffer, 10, buffer, 3, 70);
            for (int i = 0; i < 80; i++)
            {
                Assert.AreEqual(i >= 10 && i < 42 ? expected[i - 10] : (byte)i, buffer[i]);
            }
        }
    }
}
