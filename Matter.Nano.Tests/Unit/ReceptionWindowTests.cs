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
            ReceptionWindow window = new ReceptionWindow();
            while (v.NextCase())
            {
                window.Reset(Rule(v.Text("rule")), (uint)v.Long("initial_max"));
                byte[] counters = v.Bytes("counters");
                byte[] duplicates = v.Bytes("duplicates");
                Assert.AreEqual(counters.Length, duplicates.Length * 4, v.Name);
                for (int i = 0; i < duplicates.Length; i++)
                {
                    uint counter = (uint)(counters[4 * i] << 24 | counters[4 * i + 1] << 16 | counters[4 * i + 2] << 8 | counters[4 * i + 3]);
                    Assert.AreEqual(duplicates[i] == 0, Take(window, counter), v.Name);
                }
            }
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void IsNew_ChangesNothing()
        {
            ReceptionWindow window = new ReceptionWindow();
            window.Reset(ReceptionWindow.SecureUnicast, 10);
            Assert.IsTrue(window.IsNew(50));
            Assert.IsTrue(window.IsNew(50));
            Assert.IsTrue(window.IsNew(11));
        }

        [TestMethod]
        public void SecureUnicast_EveryDistance()
        {
            // One step ahead of any width, then every counter behind the new maximum.
            for (uint step = 1; step < 70; step++)
            {
                ReceptionWindow window = new ReceptionWindow();
                window.Reset(ReceptionWindow.SecureUnicast, 1000);
                Assert.IsTrue(Take(window, 1000 + step));
                Assert.IsFalse(window.IsNew(1000 + step));
                for (uint behind = 1; behind < 100; behind++)
                {
                    uint counter = 1000 + step - behind;
                    bool expected = counter > 1000 && behind <= 32;
                    Assert.AreEqual(expected, Take(window, counter));
                    Assert.IsFalse(window.IsNew(counter));
                }
            }
        }

        [TestMethod]
        public void SecureUnicast_DoesNotRollOver()
        {
            ReceptionWindow window = new ReceptionWindow();
            window.Reset(ReceptionWindow.SecureUnicast, 0);
            Assert.IsFalse(window.IsNew(0));
            Assert.IsTrue(Take(window, 0xFFFFFFFF));
            Assert.IsFalse(window.IsNew(0));
            Assert.IsFalse(window.IsNew(1));
            Assert.IsTrue(Take(window, 0xFFFFFFFF - 32));
            Assert.IsFalse(window.IsNew(0xFFFFFFFF - 33));
        }

        [TestMethod]
        [DataRow(ReceptionWindow.Unsecured)]
        [DataRow(ReceptionWindow.Group)]
        public void RollsOver(int rule)
        {
            ReceptionWindow window = new ReceptionWindow();
            window.Reset(rule, 0xFFFFFFFE);
            Assert.IsTrue(Take(window, 3));
            Assert.IsFalse(window.IsNew(0xFFFFFFFE));
            Assert.IsTrue(Take(window, 0xFFFFFFFF));
            Assert.IsTrue(Take(window, 0));
            Assert.IsFalse(window.IsNew(0));
            Assert.IsFalse(window.IsNew(0xFFFFFFFF));
        }

        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(-1)]
        [DataRow(123456)]
        public void Trust_TakesAnyFirstCounter(int first)
        {
            ReceptionWindow window = new ReceptionWindow();
            window.Reset(ReceptionWindow.Unsecured, 77);
            window.ResetToTrust(ReceptionWindow.Unsecured);
            Assert.IsTrue(Take(window, (uint)first));
            Assert.IsFalse(window.IsNew((uint)first));
            Assert.IsTrue(window.IsNew((uint)first + 1));
        }

        [TestMethod]
        [DataRow(ReceptionWindow.Unsecured, true)]
        [DataRow(ReceptionWindow.Group, false)]
        public void Trust_WhatWasOvertakenByTheFirst(int rule, bool isNew)
        {
            ReceptionWindow window = new ReceptionWindow();
            window.ResetToTrust(rule);
            Assert.IsTrue(Take(window, 1000));
            Assert.AreEqual(isNew, Take(window, 999));
            Assert.IsFalse(window.IsNew(999));
            Assert.AreEqual(isNew, Take(window, 968));
            Assert.IsFalse(window.IsNew(968));
            Assert.IsFalse(window.IsNew(1000));
        }

        private static bool Take(ReceptionWindow window, uint counter)
        {
            bool isNew = window.IsNew(counter);
            if (isNew) window.Accept(counter);
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
