using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class TlvVectorTests
    {
        [TestMethod]
        public void SpecificationExamples() { CheckAll(VectorData.TlvExamples); }

        [TestMethod]
        public void Streams() { CheckAll(VectorData.TlvStreams); }

        [TestMethod]
        public void Malformed_IsRefused()
        {
            VectorReader v = new VectorReader(VectorData.TlvInvalid);
            while (v.NextCase())
            {
                Assert.IsNull(TlvText.Of(v.Bytes("hex")), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }

        private static void CheckAll(string data)
        {
            VectorReader v = new VectorReader(data);
            while (v.NextCase())
            {
                byte[] tlv = v.Bytes("hex");
                if (v.Has("result"))
                {
                    Assert.AreEqual("invalid", v.Text("result"), v.Name);
                    Assert.IsNull(TlvText.Of(tlv), v.Name);
                    continue;
                }
                Assert.AreEqual(v.Text("text"), TlvText.Of(tlv), v.Name);

                byte[] written = TlvText.Rewritten(tlv);
                string expected = v.Text(v.Has("shortest") ? "shortest" : "hex");
                Assert.AreEqual(expected, TlvText.Hex(written, 0, written.Length), v.Name);
            }
            Assert.IsTrue(v.Count > 0);
        }
    }
}
