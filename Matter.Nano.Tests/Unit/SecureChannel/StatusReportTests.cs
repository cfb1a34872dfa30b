using Matter.Nano.SecureChannel;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.SecureChannel
{
    [TestClass]
    public class StatusReportTests
    {
        [TestMethod]
        public void Vectors_ReadAndWriteAlike()
        {
            VectorReader v = new VectorReader(VectorData.StatusReports);
            StatusReport report = new StatusReport();
            while (v.NextCase())
            {
                byte[] expected = v.Bytes("hex");
                byte[] data = v.Bytes("protocol_data");
                byte[] padded = new byte[expected.Length + 5];
                expected.CopyTo(padded, 3);
                Assert.AreEqual(data.Length, report.Read(padded, 3, expected.Length), v.Name);
                Assert.AreEqual(v.Int("general_code"), report.GeneralCode, v.Name);
                Assert.AreEqual((uint)v.Long("protocol_id"), report.ProtocolId, v.Name);
                Assert.AreEqual(v.Int("protocol_code"), report.ProtocolCode, v.Name);
                Assert.AreEqual(3 + StatusReport.MinLength, report.DataOffset, v.Name);

                byte[] written = new byte[expected.Length];
                int length = StatusReport.Write(written, 0, report.GeneralCode, report.ProtocolId, report.ProtocolCode);
                Assert.AreEqual(StatusReport.MinLength, length, v.Name);
                data.CopyTo(written, length);
                CollectionAssert.AreEqual(expected, written, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Busy_TellsTheTimeToWait()
        {
            byte[] buffer = new byte[12];
            Assert.AreEqual(10, StatusReport.WriteBusy(buffer, 1, 500));
            CollectionAssert.AreEqual(new byte[] { 0, 8, 0, 0, 0, 0, 0, 4, 0, 0xF4, 0x01, 0 }, buffer);
        }

        [TestMethod]
        public void TruncatedReport_IsRefusedAndChangesNothing()
        {
            StatusReport report = new StatusReport();
            byte[] buffer = { 1, 0, 2, 0, 0, 0, 3, 0 };
            Assert.AreEqual(0, report.Read(buffer, 0, 8));
            buffer[0] = 9;
            for (int length = 0; length < 8; length++)
            {
                Assert.AreEqual(MatterError.InvalidMessage, report.Read(buffer, 0, length));
                Assert.AreEqual(1, report.GeneralCode);
            }
        }
    }
}
