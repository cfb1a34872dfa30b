using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class ConstantTimeTests
    {
        [TestMethod]
        public void Equals_SeesEveryBit()
        {
            byte[] left = new byte[20];
            byte[] right = new byte[24];
            for (int i = 0; i < 20; i++)
            {
                left[i] = (byte)(i * 11);
                right[i + 3] = left[i];
            }
            for (int i = 0; i < 24; i++)
            {
                for (int bit = 0; bit < 8; bit++)
                {
                    right[i] ^= (byte)(1 << bit);
                    bool inside = i >= 4 && i < 22;
                    Assert.AreEqual(!inside, ConstantTime.Equals(left, 1, right, 4, 18), i.ToString());
                    right[i] ^= (byte)(1 << bit);
                }
            }
            Assert.IsTrue(ConstantTime.Equals(left, 0, right, 0, 0));
        }
    }
}
