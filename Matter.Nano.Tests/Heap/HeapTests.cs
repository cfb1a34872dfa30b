using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Heap
{
    /// <summary>
    /// What a light takes and leaves of the managed heap, measured by full garbage collections. On a board 10 000 messages take
    /// a quarter of an hour: built with the symbol FEW_MESSAGES it is a twentieth.
    /// </summary>
    [TestClass]
    public class HeapTests
    {
#if FEW_MESSAGES
        private const int Messages = 500;
#else
        private const int Messages = 10000;
#endif
        private const int Settled = Messages / 10;
        private const ulong NodeId = 0x1234;
        private const uint OnOff = 6;
        private const uint Toggle = 2;

        /// <summary>Toggles and reads in turn over an encrypted session.</summary>
        [TestMethod]
        public void Messages_LeaveFreeMemoryAsItWas()
        {
            DirectLink link = new DirectLink();
            link.Controller.Commission(VirtualLight.Passcode, NodeId);
            int free = 0;
            for (int i = 0; i < Messages; i += 2)
            {
                if (i == Settled) free = DirectLink.Free();
                Assert.AreEqual(ImStatus.Success, link.Controller.Invoke(1, OnOff, Toggle));
                Assert.AreEqual((long)(i / 2 + 1) % 2, link.Controller.Read(1, OnOff, 0));
            }

            int after = DirectLink.Free();
            OutputHelper.WriteLine("free after " + Settled.ToString() + " messages: " + free.ToString() + ", after " + Messages.ToString() + ": " + after.ToString());
            Assert.AreEqual(free, after);
        }

        /// <summary>
        /// Looked at before and after each of the light's calls, from the start of PASE to the first command over CASE. The
        /// records in the store of the test are in it.
        /// </summary>
        [TestMethod]
        public void Commissioning_KeepsCertificatesOnly()
        {
            DirectLink link = new DirectLink();
            link.IsMeasuring = true;
            link.Controller.Commission(VirtualLight.Passcode, NodeId);
            Assert.AreEqual(ImStatus.Success, link.Controller.Invoke(1, OnOff, Toggle));
            OutputHelper.WriteLine("light at start: " + link.AtStart.ToString() + " bytes; in a commissioning at most " + link.Peak.ToString()
                + " more, after it " + link.Growth.ToString() + "; " + link.Calls.ToString() + " calls");
            Assert.IsTrue(link.Calls > 100, "calls");
            Assert.IsTrue(link.Growth < 1500, "growth");
            Assert.AreEqual(link.Growth, link.Peak);
        }
    }
}
