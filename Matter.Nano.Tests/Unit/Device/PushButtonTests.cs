using Matter.Nano.Device.Hardware;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class PushButtonTests
    {
        /// <summary>Holds the contact for some time in steps of 10 ms. Returns the events, one decimal digit each.</summary>
        private static int Hold(PushButton button, bool contact, long from, long to)
        {
            int events = 0;
            for (long now = from; now < to; now += 10)
            {
                int happened = button.Poll(contact, now);
                events = happened == PushButton.None ? events : events * 10 + happened;
            }

            return events;
        }

        [TestMethod]
        public void Press_CountsWhenLetGo()
        {
            PushButton button = new PushButton(false, 0);
            Assert.AreEqual(0, Hold(button, false, 0, 1000));
            Assert.AreEqual(0, Hold(button, true, 1000, 1300));
            Assert.IsTrue(button.IsPressed);
            Assert.AreEqual(PushButton.ShortPress, Hold(button, false, 1300, 2000));
            Assert.IsFalse(button.IsPressed);
            Assert.AreEqual(0, Hold(button, false, 2000, 20000));
        }

        [TestMethod]
        public void Bouncing_IsOnePress()
        {
            PushButton button = new PushButton(false, 0);
            int events = 0;
            for (int i = 0; i < 10; i++) events += button.Poll((i & 1) == 0, 1000 + 2 * i);
            events += Hold(button, true, 1020, 1500);
            for (int i = 0; i < 10; i++) events += button.Poll((i & 1) == 1, 1500 + 2 * i);
            Assert.AreEqual(0, events);
            Assert.AreEqual(PushButton.ShortPress, Hold(button, false, 1520, 3000));
        }

        [TestMethod]
        public void Flicker_IsNoPress()
        {
            PushButton button = new PushButton(false, 0);
            for (long now = 0; now < 5000; now += 100)
            {
                Assert.AreEqual(PushButton.None, button.Poll(true, now));
                Assert.AreEqual(PushButton.None, button.Poll(true, now + PushButton.DebounceMs - 1));
                Assert.AreEqual(PushButton.None, button.Poll(false, now + PushButton.DebounceMs));
                Assert.IsFalse(button.IsPressed);
            }
        }

        [TestMethod]
        public void LongPress_CountsOnce_WhileHeld_AndIsNoShortOne()
        {
            PushButton button = new PushButton(false, 0);
            long end = 1000 + PushButton.LongPressMs;
            Assert.AreEqual(0, Hold(button, true, 1000, end));
            Assert.AreEqual((long)PushButton.LongPressMs, button.HeldMs(end));
            Assert.AreEqual(PushButton.LongPress, Hold(button, true, end, end + 60000));
            Assert.AreEqual(0L, button.HeldMs(end + 60000));
            Assert.AreEqual(0, Hold(button, false, end + 60000, end + 61000));
            Assert.AreEqual(0, Hold(button, true, end + 61000, end + 61500));
            Assert.AreEqual(PushButton.ShortPress, Hold(button, false, end + 61500, end + 62000));
        }

        [TestMethod]
        public void ButtonDownAtTheStart_CountsOnlyAfterItWasLetGo()
        {
            PushButton button = new PushButton(true, 0);
            Assert.AreEqual(0, Hold(button, true, 0, 60000));
            Assert.AreEqual(0L, button.HeldMs(60000));
            Assert.AreEqual(0, Hold(button, false, 60000, 61000));
            Assert.AreEqual(0, Hold(button, true, 61000, 61100));
            Assert.AreEqual(PushButton.ShortPress, Hold(button, false, 61100, 62000));
        }
    }
}
