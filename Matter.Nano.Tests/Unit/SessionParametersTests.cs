using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>The session parameter structure.</summary>
    [TestClass]
    public class SessionParametersTests
    {
        [TestMethod]
        public void WriteThenRead_GivesTheSame()
        {
            SessionParameters parameters = new SessionParameters { IdleIntervalMs = 5000, ActiveIntervalMs = 300, ActiveThresholdMs = 0xFFFF };
            byte[] buffer = new byte[64];
            TlvWriter writer = new TlvWriter();
            writer.Reset(buffer, 0, buffer.Length);
            parameters.Write(5, writer);
            Assert.AreEqual(0, writer.Error);

            // 1 to 7: intervals, threshold, data model 21, interaction model 12, specification 1.6, four paths per invoke
            CollectionAssert.AreEqual(
                new byte[]
                {
                    0x35, 0x05, 0x25, 0x01, 0x88, 0x13, 0x25, 0x02, 0x2C, 0x01, 0x25, 0x03, 0xFF, 0xFF,
                    0x24, 0x04, 21, 0x24, 0x05, 12, 0x26, 0x06, 0x00, 0x00, 0x06, 0x01, 0x24, 0x07, 4, 0x18,
                },
                Part(buffer, writer.Length));

            SessionParameters read = new SessionParameters();
            Assert.AreEqual(0, Read(read, Part(buffer, writer.Length)));
            Assert.AreEqual(5000, read.IdleIntervalMs);
            Assert.AreEqual(300, read.ActiveIntervalMs);
            Assert.AreEqual(0xFFFF, read.ActiveThresholdMs);
        }

        [TestMethod]
        public void Read_WhatIsNotSent_IsTheDefault()
        {
            SessionParameters parameters = new SessionParameters { IdleIntervalMs = 1, ActiveIntervalMs = 2, ActiveThresholdMs = 3 };
            Assert.AreEqual(0, Read(parameters, new byte[] { 0x35, 0x05, 0x24, 0x02, 100, 0x18 }));
            Assert.AreEqual(500, parameters.IdleIntervalMs);
            Assert.AreEqual(100, parameters.ActiveIntervalMs);
            Assert.AreEqual(4000, parameters.ActiveThresholdMs);
        }

        [TestMethod]
        public void Read_ZeroIsNotSent_AndAnHourIsTheMost()
        {
            SessionParameters parameters = new SessionParameters();
            Assert.AreEqual(0, Read(parameters, new byte[] { 0x35, 0x05, 0x24, 0x01, 0, 0x26, 0x02, 0xFF, 0xFF, 0xFF, 0xFF, 0x24, 0x03, 0, 0x18 }));
            Assert.AreEqual(500, parameters.IdleIntervalMs);
            Assert.AreEqual(3600000, parameters.ActiveIntervalMs);
            Assert.AreEqual(0, parameters.ActiveThresholdMs);
        }

        [TestMethod]
        public void Read_OtherTagsAreSkipped()
        {
            SessionParameters parameters = new SessionParameters();
            Assert.AreEqual(
                0,
                Read(parameters, new byte[] { 0x35, 0x05, 0x24, 0x08, 6, 0x26, 0x09, 1, 2, 3, 4, 0x35, 0x0A, 0x24, 0x01, 9, 0x18, 0x24, 0x01, 77, 0x18 }));
            Assert.AreEqual(77, parameters.IdleIntervalMs);
        }

        [TestMethod]
        public void Read_Refuses()
        {
            Refuse(new byte[] { 0x35, 0x05, 0x2C, 0x01, 1, 65, 0x18 });                         // a string
            Refuse(new byte[] { 0x35, 0x05, 0x27, 0x01, 0, 0, 0, 0, 1, 0, 0, 0, 0x18 });        // 33 bits
            Refuse(new byte[] { 0x35, 0x05, 0x26, 0x03, 0, 0, 1, 0, 0x18 });                    // threshold of 17 bits
            Refuse(new byte[] { 0x35, 0x05, 0x24, 0x01, 9 });                                   // not closed
            Refuse(new byte[] { 0x24, 0x05, 1 });                                               // no structure
        }

        private static void Refuse(byte[] structure)
        {
            Assert.IsTrue(Read(new SessionParameters(), structure) < 0);
        }

        private static int Read(SessionParameters parameters, byte[] structure)
        {
            byte[] message = new byte[structure.Length + 2];
            message[0] = 0x15;
            for (int i = 0; i < structure.Length; i++) message[i + 1] = structure[i];
            message[structure.Length + 1] = 0x18;
            TlvReader reader = new TlvReader();
            reader.Reset(message, 0, message.Length);
            reader.EnterMessage();
            reader.Next();
            parameters.Read(reader);
            return reader.Finish();
        }

        private static byte[] Part(byte[] buffer, int length)
        {
            byte[] part = new byte[length];
            for (int i = 0; i < length; i++) part[i] = buffer[i];
            return part;
        }
    }
}
