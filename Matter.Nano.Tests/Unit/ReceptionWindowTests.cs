using Matter.Nano.Messages;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Message counter windows under their three rules.</summary>
    [TestClass]
    public class ReceptionWindowTests
    {
        [TestMethod]
        public void Vectors()
        {
            VectorReader v = new VectorReader(VectorData.MessageCounterWindow);
            while (v.NextCase())
            {
                int rule = Rule(v.Text("rule"));
                ulong window = ReceptionWindow.UpTo((uint)v.Long("initial_max"));
                byte[] counters = v.Bytes("counters");
                byte[] duplicates = v.Bytes("duplicates");
                Assert.AreEqual(counters.Length, duplicates.Length * 4, v.Name);
                for (int i = 0; i < duplicates.Length; i++)
                {
                    uint counter = (uint)(counters[4 * i] << 24 | counters[4 * i + 1] << 16 | counters[4 * i + 2] << 8 | counters[4 * i + 3]);
                    Assert.AreEqual(duplicates[i] == 0, Take(ref window, rule, counter), v.Name);
                }
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void SecureUnicast_EveryDistance()
        {
            // One step ahead of any width, then every counter behind the new maximum.
            for (uint step = 1; step < 70; step++)
            {
                ulong window = ReceptionWindow.UpTo(1000);
                Assert.IsTrue(Take(ref window, ReceptionWindow.SecureUnicast, 1000 + step));
                Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, 1000 + step));
                for (uint behind = 1; behind < 100; behind++)
                {
                    uint counter = 1000 + step - behind;
                    bool expected = counter > 1000 && behind <= 32;
                    Assert.AreEqual(expected, Take(ref window, ReceptionWindow.SecureUnicast, counter));
                    Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, counter));
                }
            }
        }

        [TestMethod]
        public void SecureUnicast_DoesNotRollOver()
        {
            ulong window = ReceptionWindow.UpTo(0);
            Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, 0));
            Assert.IsTrue(Take(ref window, ReceptionWindow.SecureUnicast, 0xFFFFFFFF));
            Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, 0));
            Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, 1));
            Assert.IsTrue(Take(ref window, ReceptionWindow.SecureUnicast, 0xFFFFFFFF - 32));
            Assert.IsFalse(ReceptionWindow.IsNew(window, ReceptionWindow.SecureUnicast, 0xFFFFFFFF - 33));
        }

        [TestMethod]
        [DataRow(ReceptionWindow.Unsecured)]
        [DataRow(ReceptionWindow.Group)]
        public void RollsOver(int rule)
        {
            ulong window = ReceptionWindow.UpTo(0xFFFFFFFE);
            Assert.IsTrue(Take(ref window, rule, 3));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 0xFFFFFFFE));
            Assert.IsTrue(Take(ref window, rule, 0xFFFFFFFF));
            Assert.IsTrue(Take(ref window, rule, 0));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 0));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 0xFFFFFFFF));
        }

        [TestMethod]
        [DataRow(ReceptionWindow.Unsecured, 0)]
        [DataRow(ReceptionWindow.Unsecured, 1)]
        [DataRow(ReceptionWindow.Unsecured, -1)]
        [DataRow(ReceptionWindow.Group, 0)]
        [DataRow(ReceptionWindow.Group, -1)]
        [DataRow(ReceptionWindow.Group, 123456)]
        public void StartAt_TakesTheFirstCounterForReceived(int rule, int first)
        {
            ulong window = ReceptionWindow.StartAt(rule, (uint)first);
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, (uint)first));
            Assert.IsTrue(ReceptionWindow.IsNew(window, rule, (uint)first + 1));
        }

        [TestMethod]
        [DataRow(ReceptionWindow.Unsecured, true)]
        [DataRow(ReceptionWindow.Group, false)]
        public void StartAt_WhatWasOvertakenByTheFirst(int rule, bool isNew)
        {
            ulong window = ReceptionWindow.StartAt(rule, 1000);
            Assert.AreEqual(isNew, Take(ref window, rule, 999));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 999));
            Assert.AreEqual(isNew, Take(ref window, rule, 968));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 968));
            Assert.IsFalse(ReceptionWindow.IsNew(window, rule, 1000));
        }

        private static bool Take(ref ulong window, int rule, uint counter)
        {
            bool isNew = ReceptionWindow.IsNew(window, rule, counter);
            if (isNew) window = ReceptionWindow.Accept(window, rule, counter);
            return isNew;
        }

        private static int Rule(string name)
        {
            return name == "group" ? ReceptionWindow.Group
                : name == "unsecured" ? ReceptionWindow.Unsecured
                : ReceptionWindow.SecureUnicast;
        }
    }
}
