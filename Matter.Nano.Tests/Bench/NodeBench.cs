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

        private static void MeasureHandshakes(string name, NativeDouble accelerator)
        {
            MemoryLink link = new MemoryLink(1);
            VirtualLight light = new VirtualLight(2, new MemoryStore(), accelerator, link.Now);
            MeteredLight metered = new MeteredLight(light);
            if (accelerator != null) accelerator.Light = metered;
            link.Join(metered);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
            link.Run(IdleMs);

            Meter meter = new Meter("Pake1 to Pake2, prepared, " + name, 2000000, 105);
            metered.Measure(meter, SecureChannelOpcode.Pake1, SecureChannelOpcode.Pake2);
            one.Commission(VirtualLight.Passcode, NodeId);
            meter.Report();

            // As after a power cut: nothing is known of the controller's certificates.
            Restart(link, light, one);
            meter = new Meter("Sigma1 to Sigma2, prepared, " + name, 2200000, 115);
            metered.Measure(meter, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2);
            one.Case(NodeId);
            meter.Report();

            Restart(link, light, one);
            meter = new Meter("Sigma3 to StatusReport, chain unknown, " + name, 4200000);
            metered.Measure(meter, SecureChannelOpcode.Sigma3, SecureChannelOpcode.StatusReport);
            one.Case(NodeId);
            meter.Report();

            link.Run(IdleMs);
            one.HangUp();
            meter = new Meter("Sigma3 to StatusReport, chain and key known, " + name, 1200000);
            metered.Measure(meter, SecureChannelOpcode.Sigma3, SecureChannelOpcode.StatusReport);
            one.Case(NodeId);
            meter.Report();

            one.HangUp();
            one.Resumes = true;
            meter = new Meter("Sigma1 to Sigma2Resume, " + name, 150000);
            metered.Measure(meter, SecureChannelOpcode.Sigma1, SecureChannelOpcode.Sigma2Resume);
            one.Case(NodeId);
            Assert.IsTrue(one.IsResumed);
            meter.Report();
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
            link.Join(metered);
            Commissioner one = new Commissioner(3, 0xFAB1, link.Address(1), new WaitHandler(new LinkTime(link).Wait));
            link.Join(one);
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
