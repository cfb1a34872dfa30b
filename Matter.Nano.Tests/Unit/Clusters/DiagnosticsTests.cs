using System;
using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>General Diagnostics: what is there for certification tests, and only for who knows the enable key.</summary>
    [TestClass]
    public class DiagnosticsTests
    {
        private const uint TestEventTrigger = 0;
        private const uint PayloadTest = 3;
        private const uint TestEventTriggersEnabled = 8;

        [TestMethod]
        public void TestEventTrigger_NeedsTheKey()
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(ImStatus.Success, Trigger(scene, scene.EnableKey, 16, 7));
            Assert.AreEqual(7ul, scene.Trigger);
            Assert.AreEqual(ImStatus.InvalidCommand, Trigger(scene, scene.EnableKey, 16, ulong.MaxValue));
            Assert.AreEqual(ulong.MaxValue, scene.Trigger);
            Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, scene.EnableKey, 15, 7));
            Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, new byte[17], 17, 7));
            Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, new byte[16], 16, 7));
            for (int i = 0; i < 16; i++)
            {
                byte[] wrong = (byte[])scene.EnableKey.Clone();
                wrong[i] ^= 0x80;
                Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, wrong, 16, 7));
            }

            Assert.AreEqual(ulong.MaxValue, scene.Trigger);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.GeneralDiagnostics, TestEventTrigger));
        }

        [TestMethod]
        public void WithoutAKey_NothingIsEnabled()
        {
            ClusterScene scene = new ClusterScene();
            GeneralDiagnosticsCluster cluster = new GeneralDiagnosticsCluster(scene.Network, BootReason.Unspecified, null, null);
            Assert.IsFalse(scene.Read(cluster, TestEventTriggersEnabled).GetBoolean());
            PutKey(scene, new byte[16], 16).PutUnsigned(1, 1);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(cluster, TestEventTrigger));
            TlvWriter fields = PutKey(scene, new byte[16], 16);
            fields.PutUnsigned(1, 1);
            fields.PutUnsigned(2, 1);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(cluster, PayloadTest));

            // A key without anything to trigger.
            cluster = new GeneralDiagnosticsCluster(scene.Network, BootReason.Unspecified, scene.EnableKey, null);
            PutKey(scene, scene.EnableKey, 16).PutUnsigned(1, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(cluster, TestEventTrigger));
        }

        [TestMethod]
        public void WrongKeys_Throw()
        {
            byte[][] keys = { new byte[16], new byte[0], new byte[15], new byte[17] };
            keys[3][0] = 1;
            for (int i = 0; i < keys.Length; i++)
            {
                bool isThrown = false;
                try
                {
                    new GeneralDiagnosticsCluster(null, 0, keys[i], null);
                }
                catch (ArgumentException)
                {
                    isThrown = true;
                }

                Assert.IsTrue(isThrown, i.ToString());
            }
        }

        [TestMethod]
        public void PayloadTest_AnswersAsLongAsAsked()
        {
            ClusterScene scene = new ClusterScene();
            int[] counts = { 800, 1, 0 };
            for (int i = 0; i < counts.Length; i++)
            {
                int count = counts[i];
                Assert.AreEqual(ImStatus.Success, Payload(scene, 'A', (uint)count));
                TlvReader payload = scene.Answer(0);
                Assert.AreEqual(count, payload.GetBytes(0, 2048));
                for (int at = 0; at < count; at++) Assert.AreEqual((byte)'A', payload.Buffer[payload.ValueOffset + at]);
            }

            Assert.AreEqual(ImStatus.ResourceExhausted, Payload(scene, 'A', 1200));
            Assert.AreEqual(ImStatus.ResourceExhausted, Payload(scene, 'A', 2048));
            Assert.AreEqual(ImStatus.ConstraintError, Payload(scene, 'A', 2049));
            Assert.AreEqual(ImStatus.ConstraintError, Payload(scene, 256, 1));
            TlvWriter fields = PutKey(scene, new byte[16], 16);
            fields.PutUnsigned(1, 1);
            fields.PutUnsigned(2, 1);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.GeneralDiagnostics, PayloadTest));
            PutKey(scene, scene.EnableKey, 16).PutUnsigned(1, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.GeneralDiagnostics, PayloadTest));
        }

        private static int Trigger(ClusterScene scene, byte[] key, int length, ulong trigger)
        {
            PutKey(scene, key, length).PutUnsigned(1, trigger);
            return scene.Invoke(scene.GeneralDiagnostics, TestEventTrigger);
        }

        private static int Payload(ClusterScene scene, uint value, uint count)
        {
            TlvWriter fields = PutKey(scene, scene.EnableKey, 16);
            fields.PutUnsigned(1, value);
            fields.PutUnsigned(2, count);
            return scene.Invoke(scene.GeneralDiagnostics, PayloadTest);
        }

        private static TlvWriter PutKey(ClusterScene scene, byte[] key, int length)
        {
            TlvWriter fields = scene.Fields();
            fields.PutBytes(0, key, 0, length);
            return fields;
        }
    }
}
