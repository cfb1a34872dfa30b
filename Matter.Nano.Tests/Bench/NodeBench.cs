using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Bench
{
    /// <summary>What a node takes for its answers, message layer included.</summary>
    [TestClass]
    public class NodeBench
    {
        private const ulong NodeId = 0x1234;
        private const int IdleMs = 5000;
        private const uint OnOff = 6;
        private const uint Toggle = 2;

        [TestMethod]
        public void Handshakes()
        {
            MeasureHandshakes("managed", null);
        }

        [TestMethod]
        public void Handshakes_WithNativeCryptography()
        {
            MeasureHandshakes("native AES and HMAC", new NativeDouble());
        }

        [TestMethod]
        public void Handshakes_Unprepared()
        {
            Meter pake = new Meter("Pake1 to Pake2, nothing prepared", 6000000);
            Meter sigma = new Meter("Sigma1 to Sigma2, nothing prepared", 4000000);
            MemoryLink link = new MemoryLink(1);
            CommissioningVerifier verifier = CommissioningVerifier.FromPasscode(new CryptoSuite(new SeededRandom(4), null), VirtualLight.Passcode);
            VirtualLight light = new VirtualLight(new SeededRandom(2), verifier, new MemoryStore(), link.Now);
            MeteredLight metered = new MeteredLight(light);
            Commissioner one = Join(link, metered, false);
            metered.Measure(pake, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake2);
            one.Commission(VirtualLight.Passcode, NodeId);
            pake.Report();
            one.HangUp();
            metered.Measure(sigma, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2);
            one.Case(NodeId);
            sigma.Report();
        }

        [TestMethod]
        public void Handshakes_WithIntermediate()
        {
            MeasureWithIntermediate("managed", null);
        }

        [TestMethod]
        public void Handshakes_WithIntermediateAndNativeCryptography()
        {
            MeasureWithIntermediate("native AES and HMAC", new NativeDouble());
        }

        [TestMethod]
        public void Idle()
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), link.Now);
            Commissioner one = Join(link, light, false);
            one.Commission(VirtualLight.Passcode, NodeId);
            Settle(link);
            Meter meter = new Meter("a Poll with nothing to do", 1000);
            for (int i = 0; i < 3; i++)
            {
                meter.Begin();
                meter.Start();
                light.Node.Poll(link.Now);
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        private static void MeasureHandshakes(string name, NativeDouble accelerator)
        {
            MemoryLink link = null;
            VirtualLight light = null;
            MeteredLight metered = null;
            Commissioner one = null;
            Meter pake = new Meter("Pake1 to Pake2, prepared, " + name, 2000000, 105);
            while (pake.WantsMore)
            {
                link = new MemoryLink(1);
                light = new VirtualLight(2, new MemoryStore(), accelerator, link.Now);
                metered = new MeteredLight(light);
                if (accelerator != null) accelerator.Light = metered;
                one = Join(link, metered, false);
                link.Run(IdleMs);
                metered.Measure(pake, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake2);
                one.Commission(VirtualLight.Passcode, NodeId);
            }

            pake.Report();

            // A new controller of a fabric whose root has been met.
            link.Run(IdleMs);
            one.Renew();
            MeasureSigma3(metered, one, "chain unknown, root known, " + name, 4200000);

            // As after a power cut: nothing is known of the controller's certificates.
            Meter sigma = new Meter("Sigma1 to Sigma2, prepared, " + name, 2200000, 115);
            while (sigma.WantsMore)
            {
                Restart(link, light, one);
                metered.Measure(sigma, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2);
                one.Case(NodeId);
            }

            sigma.Report();

            Restart(link, light, one);
            MeasureSigma3(metered, one, "chain unknown, " + name, 4200000);
            link.Run(IdleMs);
            MeasureSigma3(metered, one, "chain and key known, " + name, 1200000);

            one.HangUp();
            one.Resumes = true;
            Meter meter = new Meter("Sigma1 to Sigma2Resume, " + name, 150000);
            metered.Measure(meter, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2Resume);
            one.Case(NodeId);
            Assert.IsTrue(one.IsResumed);
            meter.Report();
        }

        private static void MeasureWithIntermediate(string name, NativeDouble accelerator)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), accelerator, link.Now);
            MeteredLight metered = new MeteredLight(light);
            if (accelerator != null) accelerator.Light = metered;
            Commissioner one = Join(link, metered, true);
            link.Run(1);
            one.Pase(VirtualLight.Passcode);
            Assert.AreEqual(0, one.ArmFailSafe(60));
            byte[] key = one.RequestCsr();
            one.AddRoot();
            one.AddNoc(key, NodeId);

            // Time enough for a table of the root's key, which has verified more than any other.
            link.Run(IdleMs);
            one.Case(NodeId);
            Assert.AreEqual(0, one.Complete());
            link.Run(IdleMs);
            one.RenewIntermediate();
            MeasureSigma3(metered, one, "chain with ICAC unknown, root known, " + name, 6000000);
            link.Run(IdleMs);
            one.Renew();
            MeasureSigma3(metered, one, "NOC unknown, ICAC known, " + name, 6000000);
            Restart(link, light, one);
            MeasureSigma3(metered, one, "chain with ICAC unknown, " + name, 6000000);
        }

        private static void MeasureSigma3(MeteredLight metered, Commissioner one, string name, int budget)
        {
            one.HangUp();
            Meter meter = new Meter("Sigma3 to StatusReport, " + name, budget);
            metered.Measure(meter, SecureChannelOpcode.Sigma3, SecureChannelOpcode.StatusReport);
            one.Case(NodeId);
            meter.Report();
        }

        private static Commissioner Join(MemoryLink link, ILinkEnd light, bool withIntermediate)
        {
            link.Join(light);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait), withIntermediate);
            link.Join(one);
            return one;
        }

        [TestMethod]
        public void Messages()
        {
            MeasureMessages("managed AES", null, 220000);
        }

        [TestMethod]
        public void Messages_WithNativeCryptography()
        {
            MeasureMessages("native AES", new NativeDouble(), 25000);
        }

        private static void MeasureMessages(string name, NativeDouble accelerator, int budget)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), accelerator, link.Now);
            MeteredLight metered = new MeteredLight(light);
            if (accelerator != null) accelerator.Light = metered;
            Commissioner one = Join(link, metered, false);
            one.Commission(VirtualLight.Passcode, NodeId);
            Meter toggle = new Meter("toggle, " + name, budget);
            Meter read = new Meter("read of an attribute, " + name, budget);
            for (int i = 0; i < 3; i++)
            {
                Settle(link);
                metered.Measure(toggle, MeteredLight.Encrypted, MeteredLight.Encrypted);
                one.Invoke(1, OnOff, Toggle);
                Settle(link);
                metered.Measure(read, MeteredLight.Encrypted, MeteredLight.Encrypted);
                one.Read(1, OnOff, 0);
            }

            toggle.Report();
            read.Report();

            Settle(link);
            one.Client.Subscribe(one.Session, new long[] { 1, OnOff, 0 }, 0, 60, true, one.Now);
            Settle(link);
            Meter report = new Meter("toggle and report, " + name, 2 * budget);
            for (int i = 0; i < 3; i++)
            {
                Settle(link);
                metered.Measure(report, MeteredLight.Encrypted, MeteredLight.Encrypted, 2);
                one.Invoke(1, OnOff, Toggle);
            }

            report.Report();
        }

        // All is quiet, and the controller knows what time it is.
        private static void Settle(MemoryLink link)
        {
            link.Run(IdleMs);
            link.Run(1);
        }

        private static void Restart(MemoryLink link, VirtualLight light, Commissioner one)
        {
            light.Restart(link.Now);
            one.HangUp();
            link.Run(IdleMs);
        }
    }
}
