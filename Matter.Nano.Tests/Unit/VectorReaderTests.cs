using System;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class VectorReaderTests
    {
        [TestMethod]
        public void NextCase_WalksAllCases()
        {
            VectorReader reader = new VectorReader("*first\nkey=00fF10\nlength=12\n*second\nlength=-3\nword=a = b\nempty=\n*third\n");

            Assert.IsTrue(reader.NextCase());
            Assert.AreEqual("first", reader.Name);
            Assert.IsTrue(reader.Has("key"));
            Assert.IsFalse(reader.Has("ke"));
            Assert.IsFalse(reader.Has("word"));
            CollectionAssert.AreEqual(new byte[] { 0x00, 0xff, 0x10 }, reader.Bytes("key"));
            Assert.AreEqual(12, reader.Int("length"));

            Assert.IsTrue(reader.NextCase());
            Assert.AreEqual("second", reader.Name);
            Assert.IsFalse(reader.Has("key"));
            Assert.AreEqual(-3, reader.Int("length"));
            Assert.AreEqual("a = b", reader.Text("word"));
            Assert.AreEqual(0, reader.Bytes("empty").Length);

            Assert.IsTrue(reader.NextCase());
            Assert.AreEqual("third", reader.Name);
            Assert.IsFalse(reader.NextCase());
            Assert.AreEqual(3, reader.Count);
        }

        [TestMethod]
        public void Long_TakesAll64Bits()
        {
            VectorReader reader = new VectorReader("*n\nmax=18446744073709551615\nmin=-9223372036854775808\n");
            reader.NextCase();

            Assert.AreEqual(ulong.MaxValue, (ulong)reader.Long("max"));
            Assert.AreEqual(long.MinValue, reader.Long("min"));
        }

        [TestMethod]
        [DataRow("key")]
        [DataRow("odd")]
        [DataRow("letters")]
        public void Bytes_RefusesWhatIsNotHex(string field)
        {
            VectorReader reader = new VectorReader("*n\nodd=123\nletters=0g\n");
            reader.NextCase();
            bool refused = false;
            try
            {
                reader.Bytes(field);
            }
            catch (ArgumentException)
            {
                refused = true;
            }

            Assert.IsTrue(refused, field);
        }
    }
}
