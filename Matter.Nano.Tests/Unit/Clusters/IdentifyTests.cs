using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Identify: its time, its effects.</summary>
    [TestClass]
    public class IdentifyTests
    {
        private const uint IdentifyTime = 0x0000;
        private const uint IdentifyType = 0x0001;
        private const uint Identify = 0x00;
        private const uint TriggerEffect = 0x40;

        [TestMethod]
        public void Identify_EndsWhenItsTimeIsOver()
        {
            ClusterScene scene = new ClusterScene();
            scene.Now = 5000;
            Assert.AreEqual(long.MaxValue, scene.Identify.Poll(scene.Now));
            Start(scene, 3);
            Assert.IsTrue(scene.IsIdentifying);
            Assert.AreEqual(1, scene.Identified);
            Assert.AreEqual(IdentifyCluster.NoEffect, scene.Effect);
            Assert.AreEqual(8000L, scene.Identify.Poll(scene.Now));
            scene.Now = 5001;
            Assert.AreEqual(3, scene.ReadNumber(scene.Identify, IdentifyTime));
            scene.Now = 6000;
            Assert.AreEqual(2, scene.ReadNumber(scene.Identify, IdentifyTime));
            uint version = scene.Identify.DataVersion;
            scene.Run(scene.Identify, 7999);
            Assert.IsTrue(scene.Identify.IsIdentifying);
            Assert.AreEqual(1, scene.ReadNumber(scene.Identify, IdentifyTime));
            Assert.AreEqual(version, scene.Identify.DataVersion, "not told of every second");
            scene.Run(scene.Identify, 8000);
            Assert.AreEqual(version + 1, scene.Identify.DataVersion);
            Assert.AreEqual(0, scene.ReadNumber(scene.Identify, IdentifyTime));
            Assert.IsFalse(scene.IsIdentifying);
            Assert.AreEqual(2, scene.Identified);
            Assert.AreEqual(IdentifyCluster.LightOutput, scene.ReadNumber(scene.Identify, IdentifyType));
        }

        [TestMethod]
        public void Identify_IsProlongedAndEnded()
        {
            ClusterScene scene = new ClusterScene();
            Start(scene, 0);
            Assert.AreEqual(0, scene.Identified);
            Assert.AreEqual(ImStatus.Success, scene.WriteNumber(scene.Identify, IdentifyTime, 10));
            scene.Run(scene.Identify, 5000);
            Start(scene, 0xFFFF);
            Assert.AreEqual(1, scene.Identified);
            Assert.AreEqual(0xFFFF, scene.ReadNumber(scene.Identify, IdentifyTime));
            Assert.AreEqual(5000L + 65535000, scene.Identify.Poll(scene.Now));
            Assert.AreEqual(ImStatus.Success, scene.WriteNumber(scene.Identify, IdentifyTime, 0));
            Assert.AreEqual(2, scene.Identified);
            Assert.IsFalse(scene.IsIdentifying);
            Assert.AreEqual(long.MaxValue, scene.Identify.Poll(scene.Now));
        }

        [TestMethod]
        [DataRow(0x00)]
        [DataRow(0x01)]
        [DataRow(0x02)]
        [DataRow(0x0B)]
        [DataRow(0xFE)]
        [DataRow(0xFF)]
        public void TriggerEffect_IsPlayed(int effect)
        {
            ClusterScene scene = new ClusterScene();
            Assert.AreEqual(ImStatus.Success, Trigger(scene, effect, 0));
            Assert.AreEqual(effect, scene.Effect);
            Assert.IsFalse(scene.IsIdentifying);
            Start(scene, 10);
            Assert.AreEqual(ImStatus.Success, Trigger(scene, effect, 0x42));
            Assert.AreEqual(effect < 0xFE, scene.Identify.IsIdentifying);
        }

        [TestMethod]
        public void WrongFields_ChangeNothing()
        {
            ClusterScene scene = new ClusterScene();
            Start(scene, 10);
            uint before = scene.Sum(scene.Identify);
            for (int effect = 0; effect < 0x102; effect++)
            {
                if (effect > 2 && effect != 0x0B && effect != 0xFE && effect != 0xFF)
                {
                    Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, effect, 0));
                }
            }

            Assert.AreEqual(ImStatus.ConstraintError, Trigger(scene, 0, 256));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.Identify, Identify));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.Identify, TriggerEffect));
            scene.Fields().PutUnsigned(0, 0x10000);
            Assert.AreEqual(ImStatus.ConstraintError, scene.Invoke(scene.Identify, Identify));
            scene.Fields().PutNull(0);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.Identify, Identify));
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteNumber(scene.Identify, IdentifyTime, 0x10000));
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.Identify, IdentifyTime));
            Assert.AreEqual(1, scene.Identified);
            Assert.AreEqual(before, scene.Sum(scene.Identify));
        }

        private static void Start(ClusterScene scene, uint seconds)
        {
            scene.Fields().PutUnsigned(0, seconds);
            Assert.AreEqual(ImStatus.Success, scene.Invoke(scene.Identify, Identify));
        }

        private static int Trigger(ClusterScene scene, int effect, uint variant)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, (uint)effect);
            fields.PutUnsigned(1, variant);
            return scene.Invoke(scene.Identify, TriggerEffect);
        }
    }
}
