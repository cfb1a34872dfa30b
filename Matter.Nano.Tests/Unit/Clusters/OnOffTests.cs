using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>On/Off with Lighting: commands, times, global scene, start-up.</summary>
    [TestClass]
    public class OnOffTests
    {
        private const uint OnOff = 0x0000;
        private const uint GlobalSceneControl = 0x4000;
        private const uint OnTime = 0x4001;
        private const uint OffWaitTime = 0x4002;
        private const uint StartUpOnOff = 0x4003;

        private const uint Off = 0x00;
        private const uint On = 0x01;
        private const uint Toggle = 0x02;
        private const uint OffWithEffect = 0x40;
        private const uint OnWithRecallGlobalScene = 0x41;
        private const uint OnWithTimedOff = 0x42;

        [TestMethod]
        public void Commands_Switch()
        {
            ClusterScene scene = new ClusterScene();
            scene.Run(scene.OnOff, 0);
            Assert.AreEqual(1, scene.Shown);
            Assert.IsFalse(scene.IsShownOn);
            Switch(scene, On, true, 2);
            Switch(scene, On, true, 2);
            Switch(scene, Toggle, false, 3);
            Switch(scene, Toggle, true, 4);
            Switch(scene, Off, false, 5);
            Switch(scene, Off, false, 5);
            uint version = scene.OnOff.DataVersion;
            scene.OnOff.Switch(true);
            Assert.IsTrue(scene.OnOff.IsOn);
            Assert.IsTrue(scene.IsShownOn);
            Assert.IsTrue(version != scene.OnOff.DataVersion);
            Assert.AreEqual(ImStatus.UnsupportedCommand, scene.InvokePlain(scene.OnOff, 0x43));
        }

        [TestMethod]
        public void OnWithTimedOff_GoesOffAndWaits()
        {
            ClusterScene scene = new ClusterScene();
            scene.Now = 1000;
            Timed(scene, 0, 30, 20);
            Check(scene, true, 30, 20);
            Assert.AreEqual(4000L, scene.OnOff.Poll(scene.Now));
            scene.Now = 1001;
            Check(scene, true, 30, 20);
            scene.Now = 3950;
            Check(scene, true, 1, 20);
            scene.Run(scene.OnOff, 3999);
            Check(scene, true, 1, 20);
            scene.Run(scene.OnOff, 4000);
            Check(scene, false, 0, 0);
            Assert.IsFalse(scene.IsShownOn);
            Assert.AreEqual(long.MaxValue, scene.OnOff.Poll(5000));
        }

        [TestMethod]
        public void OffDuringOnTime_GuardsForOffWaitTime()
        {
            ClusterScene scene = new ClusterScene();
            Timed(scene, 0, 100, 20);
            scene.Run(scene.OnOff, 1000);
            Check(scene, true, 90, 20);
            scene.InvokePlain(scene.OnOff, Off);
            Check(scene, false, 0, 20);
            scene.Run(scene.OnOff, 1500);
            Check(scene, false, 0, 15);

            // A second Off does not make it longer, OnWithTimedOff may only make it shorter.
            scene.InvokePlain(scene.OnOff, Off);
            scene.Run(scene.OnOff, 1600);
            Check(scene, false, 0, 14);
            Timed(scene, 0, 100, 50);
            Check(scene, false, 0, 14);
            Timed(scene, 1, 100, 1);
            Check(scene, false, 0, 14);
            Timed(scene, 0, 100, 10);
            Check(scene, false, 0, 10);
            scene.Run(scene.OnOff, 2599);
            Check(scene, false, 0, 1);
            scene.Run(scene.OnOff, 2600);
            Check(scene, false, 0, 0);
            Timed(scene, 0, 5, 0);
            Check(scene, true, 5, 0);
        }

        [TestMethod]
        public void OnDuringOffWaitTime_EndsIt()
        {
            ClusterScene scene = new ClusterScene();
            Timed(scene, 0, 100, 20);
            scene.InvokePlain(scene.OnOff, Toggle);
            scene.Run(scene.OnOff, 500);
            Check(scene, false, 0, 15);
            scene.InvokePlain(scene.OnOff, On);
            Check(scene, true, 0, 0);
            scene.Run(scene.OnOff, 100000);
            Check(scene, true, 0, 0);
        }

        [TestMethod]
        public void OnDuringOnTime_LetsItRun()
        {
            ClusterScene scene = new ClusterScene();
            Timed(scene, 0, 10, 0);
            scene.Run(scene.OnOff, 500);
            scene.InvokePlain(scene.OnOff, On);
            Check(scene, true, 5, 0);

            // The longer OnTime counts, the new OffWaitTime.
            Timed(scene, 1, 3, 7);
            Check(scene, true, 5, 7);
            Timed(scene, 1, 8, 9);
            Check(scene, true, 8, 9);
            scene.Run(scene.OnOff, 1299);
            Check(scene, true, 1, 9);
            scene.Run(scene.OnOff, 1300);
            Check(scene, false, 0, 0);
        }

        [TestMethod]
        public void OnWithTimedOff_ZeroTimesStayOn()
        {
            ClusterScene scene = new ClusterScene();
            Timed(scene, 1, 10, 10);
            Check(scene, false, 0, 0);
            Timed(scene, 0, 0, 10);
            Check(scene, true, 0, 10);
            scene.Run(scene.OnOff, 100000);
            Check(scene, true, 0, 10);
            scene.OnOff.Switch(false);
            scene.Run(scene.OnOff, 100500);
            Check(scene, false, 0, 5);
            Timed(scene, 0, 10, 0);
            Check(scene, false, 0, 0);
            Timed(scene, 0, 0, 0);
            Check(scene, true, 0, 0);
            Assert.AreEqual(long.MaxValue, scene.OnOff.Poll(scene.Now));
        }

        [TestMethod]
        public void WrittenTimes_CountOnlyWhileTheyRun()
        {
            ClusterScene scene = new ClusterScene();
            Set(scene, OnTime, 10);
            Set(scene, OffWaitTime, 10);
            scene.Run(scene.OnOff, 5000);
            Check(scene, false, 10, 10);
            scene.InvokePlain(scene.OnOff, On);
            scene.Run(scene.OnOff, 10000);
            Check(scene, true, 10, 10);
            scene.InvokePlain(scene.OnOff, Off);
            scene.Run(scene.OnOff, 20000);
            Check(scene, false, 0, 10);

            scene.InvokePlain(scene.OnOff, On);
            Timed(scene, 0, 100, 5);
            scene.Run(scene.OnOff, 21000);
            Set(scene, OnTime, 20);
            scene.Run(scene.OnOff, 22000);
            Check(scene, true, 10, 5);
            Set(scene, OnTime, 0);
            scene.Run(scene.OnOff, 30000);
            Check(scene, true, 0, 5);
            Set(scene, OnTime, 0xFFFF);
            scene.Run(scene.OnOff, 40000);
            Check(scene, true, 0xFFFF, 5);
            Timed(scene, 0, 5, 5);
            scene.Run(scene.OnOff, 50000);
            Check(scene, true, 0xFFFF, 5);
            Set(scene, OnTime, 10);
            scene.Run(scene.OnOff, 50500);
            Check(scene, true, 5, 5);
            Set(scene, OffWaitTime, 0xFFFF);
            scene.Run(scene.OnOff, 60000);
            Check(scene, true, 5, 0xFFFF);
            Set(scene, OffWaitTime, 3);
            scene.Run(scene.OnOff, 60500);
            Check(scene, false, 0, 0);
        }

        [TestMethod]
        public void Times_AreReportedWhenTheyJump()
        {
            ClusterScene scene = new ClusterScene();
            scene.Run(scene.OnOff, 0);
            TimedReports(scene, 5, 5, "");
            scene.Run(scene.OnOff, 100);
            TimedReports(scene, 100, 20, "OnTime OffWaitTime ");
            TimedReports(scene, 100, 30, "");
            TimedReports(scene, 100, 19, "OffWaitTime ");
            scene.Run(scene.OnOff, 5000);
            TimedReports(scene, 150, 100, "OnTime OffWaitTime ");
            int stamp = scene.Model.Stamp;
            scene.Run(scene.OnOff, 19999);
            Assert.AreEqual("", Reports(scene, stamp), "counting down");
            scene.Run(scene.OnOff, 20000);
            Check(scene, false, 0, 0);
            Assert.AreEqual("OnTime OffWaitTime ", Reports(scene, stamp));

            // Off lets OffWaitTime run.
            TimedReports(scene, 100, 50, "OnTime OffWaitTime ");
            scene.Run(scene.OnOff, 25000);
            stamp = scene.Model.Stamp;
            scene.InvokePlain(scene.OnOff, Off);
            Assert.AreEqual("OnTime ", Reports(scene, stamp));
            stamp = scene.Model.Stamp;
            scene.Run(scene.OnOff, 29999);
            Assert.AreEqual("", Reports(scene, stamp));
            scene.Run(scene.OnOff, 30000);
            Assert.AreEqual("OffWaitTime ", Reports(scene, stamp));

            // What a client writes, the others hear.
            stamp = scene.Model.Stamp;
            Set(scene, OnTime, 1);
            Assert.AreEqual("OnTime ", Reports(scene, stamp));
        }

        [TestMethod]
        public void LatePoll_DoesNotKeepItOn()
        {
            ClusterScene scene = new ClusterScene();
            Timed(scene, 0, 10, 5);
            scene.Now = 1200;
            Check(scene, true, 0, 5);
            Set(scene, OffWaitTime, 7);
            Check(scene, false, 0, 7);
            Assert.AreEqual(long.MaxValue, scene.OnOff.Poll(scene.Now));
            Timed(scene, 0, 10, 5);
            scene.Now = 5000;
            scene.InvokePlain(scene.OnOff, Toggle);
            Check(scene, true, 0, 0);
        }

        [TestMethod]
        public void LongestTimes_DoNotOverflow()
        {
            ClusterScene scene = new ClusterScene();
            scene.Now = 1L << 40;
            Timed(scene, 0, 0xFFFE, 0xFFFE);
            Check(scene, true, 0xFFFE, 0xFFFE);
            Assert.AreEqual((1L << 40) + 6553400, scene.OnOff.Poll(scene.Now));
        }

        [TestMethod]
        public void GlobalScene_IsStoredOnceAndRecalledOnce()
        {
            ClusterScene scene = new ClusterScene();
            Assert.IsTrue(HasGlobalScene(scene));
            scene.InvokePlain(scene.OnOff, OnWithRecallGlobalScene);
            Check(scene, false, 0, 0);
            scene.InvokePlain(scene.OnOff, On);
            Timed(scene, 0, 50, 20);
            Effect(scene, 0, 0, ImStatus.Success);
            Check(scene, false, 0, 20);
            Assert.IsFalse(HasGlobalScene(scene));
            Effect(scene, 1, 200, ImStatus.Success);
            scene.InvokePlain(scene.OnOff, OnWithRecallGlobalScene);
            Check(scene, true, 0, 0);
            Assert.IsTrue(HasGlobalScene(scene));
            Effect(scene, 1, 0, ImStatus.Success);
            scene.InvokePlain(scene.OnOff, On);
            Assert.IsTrue(HasGlobalScene(scene));
            Effect(scene, 0, 2, ImStatus.Success);
            Timed(scene, 0, 1, 1);
            Assert.IsTrue(HasGlobalScene(scene));
        }

        [TestMethod]
        public void WrongFields_ChangeNothing()
        {
            ClusterScene scene = new ClusterScene();
            scene.InvokePlain(scene.OnOff, On);
            uint before = scene.Sum(scene.OnOff);
            Effect(scene, 2, 0, ImStatus.ConstraintError);
            Effect(scene, 0, 256, ImStatus.ConstraintError);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OnOff, OffWithEffect));
            Assert.AreEqual(ImStatus.InvalidCommand, scene.InvokePlain(scene.OnOff, OnWithTimedOff));
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, 0);
            fields.PutUnsigned(1, 1);
            Assert.AreEqual(ImStatus.InvalidCommand, scene.Invoke(scene.OnOff, OnWithTimedOff));
            TryTimed(scene, 2, 1, 1, ImStatus.ConstraintError);
            TryTimed(scene, 0, 0xFFFF, 1, ImStatus.ConstraintError);
            TryTimed(scene, 0, 1, 0xFFFF, ImStatus.ConstraintError);
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteNumber(scene.OnOff, OnTime, 0x10000));
            Assert.AreEqual(ImStatus.ConstraintError, scene.WriteNumber(scene.OnOff, StartUpOnOff, 3));
            scene.Value().PutBoolean(TlvTag.Anonymous, true);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.OnOff, OffWaitTime));
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Write(scene.OnOff, OnTime));
            Assert.AreEqual(before, scene.Sum(scene.OnOff));
        }

        [TestMethod]
        public void StartUpOnOff_DecidesAfterARestart()
        {
            Assert.IsTrue(StateAfterRestart(-1, true));
            Assert.IsFalse(StateAfterRestart(-1, false));
            Assert.IsFalse(StateAfterRestart(0, true));
            Assert.IsFalse(StateAfterRestart(0, false));
            Assert.IsTrue(StateAfterRestart(1, true));
            Assert.IsTrue(StateAfterRestart(1, false));
            Assert.IsFalse(StateAfterRestart(2, true));
            Assert.IsTrue(StateAfterRestart(2, false));
        }

        [TestMethod]
        public void StartUpToggle_TogglesAtEveryRestart()
        {
            ClusterScene scene = new ClusterScene();
            Set(scene, StartUpOnOff, 2);
            bool on = false;
            for (int i = 0; i < 4; i++)
            {
                ClusterScene restarted = new ClusterScene();
                restarted.Restart(scene.OnOff, restarted.OnOff);
                on = !on;
                Assert.AreEqual(on, restarted.OnOff.IsOn);
                Assert.IsFalse(restarted.OnOff.IsUnsaved);
                restarted.OnOff.Poll(0);
                Assert.IsTrue(restarted.OnOff.IsUnsaved, "the new state is the one to toggle next time");
                Assert.AreEqual(1, restarted.Shown);
                Assert.AreEqual(on, restarted.IsShownOn);
                scene = restarted;
            }
        }

        [TestMethod]
        public void StartUpOnOff_NullIsReadBack()
        {
            ClusterScene scene = new ClusterScene();
            Assert.IsTrue(scene.IsNull(scene.OnOff, StartUpOnOff));
            Set(scene, StartUpOnOff, 1);
            Assert.AreEqual(1, scene.ReadNumber(scene.OnOff, StartUpOnOff));
            Assert.IsTrue(scene.OnOff.IsUnsaved);
            uint version = scene.OnOff.DataVersion;
            Set(scene, StartUpOnOff, 1);
            Set(scene, OnTime, 0);
            Assert.AreEqual(version, scene.OnOff.DataVersion, "the same once more is no change");
            scene.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.Success, scene.Write(scene.OnOff, StartUpOnOff));
            Assert.IsTrue(scene.IsNull(scene.OnOff, StartUpOnOff));
        }

        [TestMethod]
        public void FaultyState_LeavesTheDefault()
        {
            ClusterScene scene = new ClusterScene();
            scene.Load(scene.OnOff, new byte[] { 0x15, 0x24, 0, 1, 0x24, 1, 0, 0x18 }, 8);
            Assert.IsFalse(scene.OnOff.IsOn);
            Assert.IsTrue(scene.IsNull(scene.OnOff, StartUpOnOff));
            scene.Load(scene.OnOff, new byte[] { 0x15, 0x29, 0, 0x24, 1, 7, 0x18 }, 7);
            Assert.IsTrue(scene.IsNull(scene.OnOff, StartUpOnOff));
        }

        private static void Switch(ClusterScene scene, uint command, bool on, int shown)
        {
            Assert.AreEqual(ImStatus.Success, scene.InvokePlain(scene.OnOff, command));
            Assert.AreEqual(on, scene.Read(scene.OnOff, OnOff).GetBoolean());
            Assert.AreEqual(on, scene.OnOff.IsOn);
            Assert.AreEqual(on, scene.IsShownOn);
            Assert.AreEqual(shown, scene.Shown);
        }

        private static void Timed(ClusterScene scene, uint control, uint onTime, uint offWaitTime)
        {
            TryTimed(scene, control, onTime, offWaitTime, ImStatus.Success);
        }

        private static void TryTimed(ClusterScene scene, uint control, uint onTime, uint offWaitTime, int status)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, control);
            fields.PutUnsigned(1, onTime);
            fields.PutUnsigned(2, offWaitTime);
            Assert.AreEqual(status, scene.Invoke(scene.OnOff, OnWithTimedOff));
        }

        private static void TimedReports(ClusterScene scene, uint onTime, uint offWaitTime, string expected)
        {
            int stamp = scene.Model.Stamp;
            Timed(scene, 0, onTime, offWaitTime);
            Assert.AreEqual(expected, Reports(scene, stamp));
        }

        /// <summary>Which times subscribers hear of since a stamp.</summary>
        private static string Reports(ClusterScene scene, int stamp)
        {
            OnOffCluster cluster = scene.OnOff;
            return (scene.Model.HasChanged(cluster, cluster.FindAttribute(OnTime), stamp) ? "OnTime " : "")
                + (scene.Model.HasChanged(cluster, cluster.FindAttribute(OffWaitTime), stamp) ? "OffWaitTime " : "");
        }

        private static void Effect(ClusterScene scene, uint effect, uint variant, int status)
        {
            TlvWriter fields = scene.Fields();
            fields.PutUnsigned(0, effect);
            fields.PutUnsigned(1, variant);
            Assert.AreEqual(status, scene.Invoke(scene.OnOff, OffWithEffect));
        }

        private static void Set(ClusterScene scene, uint attribute, uint value)
        {
            Assert.AreEqual(ImStatus.Success, scene.WriteNumber(scene.OnOff, attribute, value));
        }

        private static bool HasGlobalScene(ClusterScene scene)
        {
            return scene.Read(scene.OnOff, GlobalSceneControl).GetBoolean();
        }

        private static bool StateAfterRestart(int startUp, bool on)
        {
            ClusterScene scene = new ClusterScene();
            if (startUp >= 0) Set(scene, StartUpOnOff, (uint)startUp);
            scene.OnOff.Switch(on);
            ClusterScene restarted = new ClusterScene();
            restarted.Restart(scene.OnOff, restarted.OnOff);
            if (startUp < 0) Assert.IsTrue(restarted.IsNull(restarted.OnOff, StartUpOnOff));
            else Assert.AreEqual(startUp, restarted.ReadNumber(restarted.OnOff, StartUpOnOff));
            restarted.OnOff.Poll(0);
            Assert.AreEqual(restarted.OnOff.IsOn, restarted.IsShownOn);
            return restarted.OnOff.IsOn;
        }

        private static void Check(ClusterScene scene, bool on, int onTime, int offWaitTime)
        {
            Assert.AreEqual(on, scene.OnOff.IsOn, "OnOff");
            Assert.AreEqual(onTime, scene.ReadNumber(scene.OnOff, OnTime), "OnTime");
            Assert.AreEqual(offWaitTime, scene.ReadNumber(scene.OnOff, OffWaitTime), "OffWaitTime");
        }
    }
}
