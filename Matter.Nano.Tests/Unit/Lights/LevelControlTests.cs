using System;
using Matter.Nano.Clusters;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Lights
{
    /// <summary>Level Control with On/Off and Lighting: commands, transitions, coupling, reports, start-up.</summary>
    [TestClass]
    public class LevelControlTests
    {
        private const uint RemainingTime = 0x0001;
        private const uint Options = 0x000F;
        private const uint OnOffTransitionTime = 0x0010;
        private const uint OnLevel = 0x0011;
        private const uint OnTransitionTime = 0x0012;
        private const uint OffTransitionTime = 0x0013;
        private const uint DefaultMoveRate = 0x0014;
        private const uint StartUpCurrentLevel = 0x4000;

        private const uint MoveToLevel = 0;
        private const uint Move = 1;
        private const uint Step = 2;
        private const uint Stop = 3;
        private const uint WithOnOff = 4;

        private const uint Off = 0;
        private const uint On = 1;
        private const int Null = -1;

        [TestMethod]
        public void AttributesBegin_AsLightsHaveThem()
        {
            LightScene scene = new LightScene();
            scene.Run(0);
            scene.AssertLight(false, 254, 0);
            Assert.AreEqual(1, scene.Shown);
            Assert.AreEqual(0, scene.Node.ReadNumber(scene.Level, RemainingTime));
            Assert.AreEqual(1, scene.Node.ReadNumber(scene.Level, 2));
            Assert.AreEqual(254, scene.Node.ReadNumber(scene.Level, 3));
            Assert.AreEqual(0, scene.Node.ReadNumber(scene.Level, Options));
            Assert.IsTrue(scene.Node.IsNull(scene.Level, OnLevel));
            Assert.IsTrue(scene.Node.IsNull(scene.Level, StartUpCurrentLevel));
            Assert.AreEqual(3, scene.Node.ReadNumber(scene.Level, 0xFFFC));
            Assert.AreEqual(7, scene.Node.ReadNumber(scene.Level, 0xFFFD));
        }

        [TestMethod]
        public void MoveToLevel_GoesThereInTime()
        {
            LightScene scene = Lit();
            Send(scene, MoveToLevel, 54, Null, 100, 0, 0);
            Assert.AreEqual(100, scene.Node.ReadNumber(scene.Level, RemainingTime));
            scene.Wait(5000);
            scene.AssertLight(true, 154, 154);
            Assert.AreEqual(50, scene.Node.ReadNumber(scene.Level, RemainingTime));
            scene.Wait(4999);
            Assert.AreEqual(1, scene.Node.ReadNumber(scene.Level, RemainingTime));
            scene.Wait(1);
            scene.AssertLight(true, 54, 54);
            Assert.AreEqual(0, scene.Node.ReadNumber(scene.Level, RemainingTime));
            Assert.AreEqual(long.MaxValue, scene.Level.Poll(scene.Now));
        }

        [TestMethod]
        public void Transition_StepsAtMostTwentyTimesASecond()
        {
            LightScene scene = Lit();
            int shown = scene.Shown;
            Send(scene, MoveToLevel, 1, Null, 10, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 1, 1);
            Assert.IsTrue(scene.Shown - shown <= 20 && scene.Shown - shown >= 19, (scene.Shown - shown).ToString());

            // A slow one steps where the level is another one.
            shown = scene.Shown;
            Send(scene, MoveToLevel, 11, Null, 600, 0, 0);
            scene.Wait(60000);
            scene.AssertLight(true, 11, 11);
            Assert.AreEqual(10, scene.Shown - shown);
        }

        [TestMethod]
        public void MoveToLevel_WithoutTimeIsAtOnce()
        {
            LightScene scene = Lit();
            Send(scene, MoveToLevel, 100, Null, 0, 0, 0);
            scene.AssertLight(true, 100, 100);
            Send(scene, MoveToLevel, 101, Null, Null, 0, 0);
            scene.AssertLight(true, 101, 101);
            Write(scene, OnOffTransitionTime, 20);
            Send(scene, MoveToLevel, 201, Null, Null, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 151, 151);
            scene.Wait(1000);
            scene.AssertLight(true, 201, 201);
            Send(scene, MoveToLevel, 0, Null, 0, 0, 0);
            scene.AssertLight(true, 1, 1);
        }

        [TestMethod]
        public void Move_TakesItsRate()
        {
            LightScene scene = Lit();
            Send(scene, Move, 1, Null, 100, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 154, 154);
            scene.Wait(1000);
            scene.AssertLight(true, 54, 54);
            scene.Wait(1000);
            scene.AssertLight(true, 1, 1);
            Write(scene, DefaultMoveRate, 50);
            Send(scene, Move, 0, Null, Null, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 51, 51);
            Send(scene, Stop, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 51, 51);
            Assert.AreEqual(0, scene.Node.ReadNumber(scene.Level, RemainingTime));
            WriteNull(scene, DefaultMoveRate);
            Send(scene, Move, 0, Null, Null, 0, 0);
            scene.AssertLight(true, 254, 254);
            Assert.AreEqual(ImStatus.InvalidCommand, TrySend(scene, Move, 0, Null, 0, 0, 0));
        }

        [TestMethod]
        public void Step_TakesItsTimeOrLess()
        {
            LightScene scene = Lit();
            Send(scene, Step, 1, 100, 10, 0, 0);
            scene.Wait(500);
            scene.AssertLight(true, 204, 204);
            scene.Wait(500);
            scene.AssertLight(true, 154, 154);
            Send(scene, Step, 0, 200, 20, 0, 0);
            Assert.AreEqual(10, scene.Node.ReadNumber(scene.Level, RemainingTime), "half the way is left");
            scene.Wait(1000);
            scene.AssertLight(true, 254, 254);
            Send(scene, Step, 1, 4, Null, 0, 0);
            scene.AssertLight(true, 250, 250);
            Assert.AreEqual(ImStatus.InvalidCommand, TrySend(scene, Step, 0, 0, 10, 0, 0));
        }

        [TestMethod]
        public void OffLight_TakesNoLevelUnlessAskedTo()
        {
            LightScene scene = new LightScene();
            scene.Run(0);
            Send(scene, MoveToLevel, 100, Null, 0, 0, 0);
            Send(scene, Move, 1, Null, 10, 0, 0);
            Send(scene, Step, 1, 10, 0, 0, 0);
            Send(scene, Stop, 0, 0);
            Send(scene, MoveToLevel, 100, Null, 0, 0, 1);
            scene.AssertLight(false, 254, 0);
            Send(scene, MoveToLevel, 100, Null, 0, 1, 1);
            scene.AssertLight(false, 100, 0);
            Write(scene, Options, 1);
            Send(scene, MoveToLevel, 90, Null, 0, 0, 0);
            scene.AssertLight(false, 90, 0);
            Send(scene, MoveToLevel, 80, Null, 0, 1, 0);
            scene.AssertLight(false, 90, 0);
            scene.Switch(On);
            scene.AssertLight(true, 90, 90);
        }

        [TestMethod]
        public void WithOnOff_SwitchesOnFromTheMinimum()
        {
            LightScene scene = new LightScene();
            scene.Run(0);
            Send(scene, MoveToLevel + WithOnOff, 101, Null, 10, 0, 0);
            scene.AssertLight(true, 1, 1);
            scene.Wait(500);
            scene.AssertLight(true, 51, 51);
            scene.Wait(500);
            scene.AssertLight(true, 101, 101);
            scene.Switch(Off);
            Send(scene, Step + WithOnOff, 0, 10, 0, 0, 0);
            scene.AssertLight(true, 11, 11);
            scene.Switch(Off);
            Send(scene, Move + WithOnOff, 0, Null, 100, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 101, 101);
            Send(scene, Stop + WithOnOff, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(true, 101, 101);
        }

        [TestMethod]
        public void WithOnOff_SwitchesOffAtTheMinimum()
        {
            LightScene scene = Lit();
            Send(scene, MoveToLevel + WithOnOff, 0, Null, 10, 0, 0);
            scene.Wait(999);
            Assert.IsTrue(scene.OnOff.IsOn);
            scene.Wait(1);
            scene.AssertLight(false, 1, 0);
            Send(scene, MoveToLevel + WithOnOff, 1, Null, 0, 0, 0);
            scene.AssertLight(false, 1, 0);
            Send(scene, MoveToLevel + WithOnOff, 50, Null, 0, 0, 0);
            Send(scene, Move + WithOnOff, 1, Null, 49, 0, 0);
            scene.Wait(1000);
            scene.AssertLight(false, 1, 0);
            Send(scene, MoveToLevel + WithOnOff, 50, Null, 0, 0, 0);
            Send(scene, Step + WithOnOff, 1, 60, 0, 0, 0);
            scene.AssertLight(false, 1, 0);

            // Off already: down has nowhere to go.
            Send(scene, MoveToLevel, 50, Null, 0, 1, 1);
            Send(scene, Step + WithOnOff, 1, 60, 0, 0, 0);
            Send(scene, Move + WithOnOff, 1, Null, 60, 0, 0);
            scene.AssertLight(false, 50, 0);

            // Stopped on the way, it stays on.
            scene.Switch(On);
            Send(scene, MoveToLevel + WithOnOff, 1, Null, 10, 0, 0);
            scene.Wait(500);
            Send(scene, Stop, 0, 0);
            scene.Wait(5000);
            scene.AssertLight(true, 26, 26);
        }

        [TestMethod]
        public void OnAndOff_FadeAndComeBack()
        {
            LightScene scene = Lit();
            Send(scene, MoveToLevel, 201, Null, 0, 0, 0);
            Write(scene, OnOffTransitionTime, 10);
            scene.Switch(Off);
            scene.AssertLight(false, 201, 201);
            scene.Wait(500);
            scene.AssertLight(false, 101, 101);
            scene.Wait(500);
            scene.AssertLight(false, 201, 0);
            scene.Switch(On);
            scene.AssertLight(true, 1, 1);
            scene.Wait(500);
            scene.AssertLight(true, 101, 101);

            // Changed its mind twice: still the same level.
            scene.Switch(Off);
            scene.Wait(100);
            scene.Switch(On);
            scene.Wait(1000);
            scene.AssertLight(true, 201, 201);
            Write(scene, OnTransitionTime, 20);
            Write(scene, OffTransitionTime, 0);
            scene.Switch(Off);
            scene.AssertLight(false, 201, 0);
            scene.Switch(On);
            scene.Wait(1000);
            scene.AssertLight(true, 101, 101);
            scene.Wait(1000);
            scene.AssertLight(true, 201, 201);
        }

        [TestMethod]
        public void OnLevel_IsWhereOnGoes()
        {
            LightScene scene = Lit();
            Write(scene, OnLevel, 77);
            Send(scene, MoveToLevel, 200, Null, 0, 0, 0);
            scene.Switch(Off);
            scene.AssertLight(false, 1, 0);
            scene.Switch(On);
            scene.AssertLight(true, 77, 77);
            WriteNull(scene, OnLevel);
            scene.Switch(Off);
            scene.AssertLight(false, 77, 0);
        }

        [TestMethod]
        public void Dim_IsTheUsersHand()
        {
            LightScene scene = new LightScene();
            scene.Run(0);
            scene.Level.Dim(120);
            scene.AssertLight(true, 120, 120);
            Send(scene, MoveToLevel, 1, Null, 100, 0, 0);
            scene.Wait(1000);
            scene.Level.Dim(1);
            scene.Wait(10000);
            scene.AssertLight(true, 1, 1);
            scene.Level.Dim(300);
            scene.AssertLight(true, 254, 254);
            scene.Level.Dim(0);
            scene.AssertLight(false, 254, 0);
            scene.Level.Dim(1);
            scene.AssertLight(true, 1, 1);
            Assert.AreEqual(1, scene.Level.CurrentLevel);
        }

        /// <summary>Of CurrentLevel one report a second and one at the end, of RemainingTime one at the start and one at the end.</summary>
        [TestMethod]
        public void Reports_AreQuiet()
        {
            LightScene scene = Lit();
            scene.Wait(5000);
            uint version = scene.Level.DataVersion;
            Send(scene, MoveToLevel, 1, Null, 50, 0, 0);
            Assert.AreEqual(version + 1, scene.Level.DataVersion, "RemainingTime");
            scene.Wait(4999);
            Assert.AreEqual(version + 1 + 5, scene.Level.DataVersion, "CurrentLevel in each second");
            scene.Wait(1);
            Assert.AreEqual(version + 1 + 5 + 2, scene.Level.DataVersion, "both at the end");

            // Too short for a report of its time before the end.
            version = scene.Level.DataVersion;
            Send(scene, MoveToLevel, 2, Null, 10, 0, 0);
            Assert.AreEqual(version, scene.Level.DataVersion);
            scene.Wait(1000);
            Assert.AreEqual(version + 2, scene.Level.DataVersion);

            // Times of less than a second are not reported at all, unless a longer one was.
            version = scene.Level.DataVersion;
            Send(scene, MoveToLevel, 3, Null, 9, 0, 0);
            scene.Wait(1000);
            Assert.AreEqual(version + 1, scene.Level.DataVersion);
            Send(scene, MoveToLevel, 100, Null, 20, 0, 0);
            Send(scene, MoveToLevel, 2, Null, 9, 0, 0);
            scene.Wait(899);
            version = scene.Level.DataVersion;
            scene.Wait(1);
            Assert.AreEqual(version + 2, scene.Level.DataVersion);

            // A new goal reports a jump of more than a second only.
            Send(scene, MoveToLevel, 100, Null, 50, 0, 0);
            scene.Wait(10);
            version = scene.Level.DataVersion;
            Send(scene, MoveToLevel, 110, Null, 60, 0, 0);
            Assert.AreEqual(version, scene.Level.DataVersion);
            Send(scene, MoveToLevel, 110, Null, 90, 0, 0);
            Assert.AreEqual(version + 1, scene.Level.DataVersion);

            // Nothing to do is nothing to report.
            scene.Wait(9000);
            version = scene.Level.DataVersion;
            Send(scene, MoveToLevel, 110, Null, 90, 0, 0);
            scene.Wait(10000);
            Assert.AreEqual(version, scene.Level.DataVersion);
        }

        [TestMethod]
        public void Level_IsSavedAtRest()
        {
            LightScene scene = Lit();
            scene.Level.IsUnsaved = false;
            Send(scene, MoveToLevel, 1, Null, 50, 0, 0);
            scene.Wait(4000);
            Assert.IsFalse(scene.Level.IsUnsaved);
            scene.Wait(1000);
            Assert.IsTrue(scene.Level.IsUnsaved);
        }

        [TestMethod]
        [DataRow(-1, 100)]
        [DataRow(0, 1)]
        [DataRow(30, 30)]
        [DataRow(254, 254)]
        public void StartUpCurrentLevel_CountsAtStart(int startUp, int expected)
        {
            LightScene scene = Lit();
            if (startUp >= 0) Write(scene, StartUpCurrentLevel, (uint)startUp);
            Send(scene, MoveToLevel, 100, Null, 0, 0, 0);
            Write(scene, OffTransitionTime, 100);
            scene.Switch(Off);
            scene.Wait(5000);
            LightScene restarted = new LightScene();
            restarted.Node.Restart(scene.Level, restarted.Level);
            restarted.Run(0);
            restarted.AssertLight(false, expected, 0);
            if (startUp < 0) Assert.IsTrue(restarted.Node.IsNull(restarted.Level, StartUpCurrentLevel));
            else Assert.AreEqual(startUp, restarted.Node.ReadNumber(restarted.Level, StartUpCurrentLevel));
        }

        [TestMethod]
        public void FaultyState_LeavesTheDefault()
        {
            LightScene scene = new LightScene();
            scene.Node.Load(scene.Level, new byte[] { 0x15, 0x24, 0, 255, 0x18 }, 5);
            Assert.AreEqual(254, scene.Level.CurrentLevel);
            scene.Node.Load(scene.Level, new byte[] { 0x15, 0x24, 0, 5, 0x29, 1, 0x18 }, 7);
            Assert.AreEqual(254, scene.Level.CurrentLevel);
            scene.Node.Load(scene.Level, new byte[] { 0x15, 0x24, 0, 0, 0x18 }, 5);
            Assert.AreEqual(1, scene.Level.CurrentLevel);
        }

        [TestMethod]
        public void Writes_KeepToTheirRanges()
        {
            LightScene scene = new LightScene();
            TryWrite(scene, Options, 4, 0, 3);
            TryWrite(scene, OnOffTransitionTime, 0x10000, 0, 0xFFFF);
            TryWrite(scene, OnLevel, 255, 0, 254);
            TryWrite(scene, OnLevel, 0, 254, 1);
            TryWrite(scene, OnTransitionTime, 0xFFFF, -1, 0xFFFE);
            TryWrite(scene, OffTransitionTime, 0xFFFF, -1, 0xFFFE);
            TryWrite(scene, DefaultMoveRate, 0, -1, 1);
            TryWrite(scene, DefaultMoveRate, 255, 1, 254);
            TryWrite(scene, StartUpCurrentLevel, 255, -1, 0);
            Assert.IsTrue(scene.Level.IsUnsaved);
            scene.Node.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Node.Write(scene.Level, Options));
            scene.Node.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Node.Write(scene.Level, OnOffTransitionTime));
        }

        [TestMethod]
        public void Commands_KeepToTheirRanges()
        {
            LightScene scene = Lit();
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, MoveToLevel, 255, Null, 0, 0, 0));
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, MoveToLevel, 1, Null, 0xFFFF, 0, 0));
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, Move, 2, Null, 1, 0, 0));
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, Move, 1, Null, 255, 0, 0));
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, Step, 2, 1, 1, 0, 0));
            Assert.AreEqual(ImStatus.ConstraintError, TrySend(scene, Step, 1, 256, 1, 0, 0));
            for (uint command = 0; command <= 7; command++)
            {
                Assert.AreEqual(ImStatus.InvalidCommand, scene.Node.InvokePlain(scene.Level, command));
            }

            scene.AssertLight(true, 254, 254);
        }

        [TestMethod]
        public void DamagedFields_ChangeNothing()
        {
            LightScene scene = Lit();
            for (uint command = 0; command <= 7; command++)
            {
                PutFields(scene, command, 1, 3, 0, 0, 0);
                byte[] fields = scene.Node.TakeFields();
                byte[] damaged = new byte[fields.Length];
                for (int length = 0; length < fields.Length; length++)
                {
                    uint before = scene.Node.Sum(scene.Level);
                    Assert.IsTrue(scene.Node.Invoke(scene.Level, command, fields, length) != ImStatus.Success, "truncated");
                    Assert.AreEqual(before, scene.Node.Sum(scene.Level));
                }

                for (int i = 0; i < fields.Length * 8; i++)
                {
                    Array.Copy(fields, 0, damaged, 0, fields.Length);
                    damaged[i / 8] ^= (byte)(1 << (i % 8));
                    uint before = scene.Node.Sum(scene.Level);
                    if (scene.Node.Invoke(scene.Level, command, damaged, damaged.Length) != ImStatus.Success)
                    {
                        Assert.AreEqual(before, scene.Node.Sum(scene.Level));
                    }
                }
            }
        }

        /// <summary>A dimmable light that is on, at full level, and at rest.</summary>
        private static LightScene Lit()
        {
            LightScene scene = new LightScene();
            scene.Run(0);
            scene.Switch(On);
            scene.AssertLight(true, 254, 254);
            scene.Wait(2000);
            return scene;
        }

        private static void Send(LightScene scene, uint command, int mask, int options)
        {
            Send(scene, command, 0, Null, Null, mask, options);
        }

        private static void Send(LightScene scene, uint command, int goal, int size, int time, int mask, int options)
        {
            Assert.AreEqual(ImStatus.Success, TrySend(scene, command, goal, size, time, mask, options));
        }

        private static int TrySend(LightScene scene, uint command, int goal, int size, int time, int mask, int options)
        {
            PutFields(scene, command, goal, size, time, mask, options);
            return scene.Node.Invoke(scene.Level, command);
        }

        private static void PutFields(LightScene scene, uint command, int goal, int size, int time, int mask, int options)
        {
            uint kind = command & 3;
            TlvWriter fields = scene.Node.Fields();
            int tag = 0;
            if (kind != Stop) fields.PutUnsigned(tag++, (ulong)goal);
            if (kind == Step) fields.PutUnsigned(tag++, (ulong)size);
            if (kind != Stop)
            {
                if (time == Null) fields.PutNull(tag++);
                else fields.PutUnsigned(tag++, (ulong)time);
            }

            fields.PutUnsigned(tag++, (ulong)mask);
            fields.PutUnsigned(tag, (ulong)options);
        }

        private static void Write(LightScene scene, uint attribute, uint value)
        {
            Assert.AreEqual(ImStatus.Success, scene.Node.WriteNumber(scene.Level, attribute, value));
            Assert.AreEqual((int)value, scene.Node.ReadNumber(scene.Level, attribute));
        }

        private static void WriteNull(LightScene scene, uint attribute)
        {
            scene.Node.Value().PutNull(TlvTag.Anonymous);
            Assert.AreEqual(ImStatus.Success, scene.Node.Write(scene.Level, attribute));
            Assert.IsTrue(scene.Node.IsNull(scene.Level, attribute));
        }

        private static void TryWrite(LightScene scene, uint attribute, uint wrong, int former, uint right)
        {
            if (former == 0 && attribute == OnLevel) former = Null;
            Assert.AreEqual(ImStatus.ConstraintError, scene.Node.WriteNumber(scene.Level, attribute, wrong));
            if (former == Null) Assert.IsTrue(scene.Node.IsNull(scene.Level, attribute));
            else Assert.AreEqual(former, scene.Node.ReadNumber(scene.Level, attribute));
            Write(scene, attribute, right);
        }
    }
}
