using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>A key pair.</summary>
    internal sealed class TestKey
    {
        public readonly byte[] Private = new byte[P256.ScalarLength];
        public readonly byte[] Public = new byte[P256.PointLength];

        public TestKey(CryptoSuite crypto)
        {
            crypto.P256.BeginKeyPair(Private, 0, Public, 0);
            Assert.AreEqual(0, crypto.P256.Run());
        }
    }
}
