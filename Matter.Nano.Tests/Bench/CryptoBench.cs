using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Bench
{
    /// <summary>The primitives against their budgets.</summary>
    [TestClass]
    public class CryptoBench
    {
        private const int Rounds = 3;

        [TestMethod]
        public void Nothing()
        {
            Meter meter = new Meter("nothing", 1000);
            for (int i = 0; i < Rounds; i++)
            {
                meter.Begin();
                meter.Start();
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        [TestMethod]
        public void FieldMultiply()
        {
            const int Products = 100;
            P256Registers registers = new P256Registers(new ScriptedRandom(), 0);
            long[] file = registers.File;
            Meter meter = new Meter("100 field products from and to arrays", 100 * 750);
            for (int i = 0; i < Rounds; i++)
            {
                meter.Begin();
                meter.Start();
                for (int k = 0; k < Products; k++) P256Arithmetic.Multiply(file, P256Registers.A, P256Arithmetic.RSquared, P256Arithmetic.RCubed);
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        [TestMethod]
        public void Doubling()
        {
            P256Registers registers = new P256Registers(new ScriptedRandom(), 0);
            int[] program = { 20 };
            Meter meter = new Meter("20 doublings", 20 * 4256);
            for (int i = 0; i < Rounds; i++)
            {
                registers.SetInfinity();
                meter.Begin();
                meter.Start();
                P256Arithmetic.Accumulate(registers.File, program, 0, 1, P256Comb.Generator);
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        [TestMethod]
        public void Ecdh()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] key = new byte[97];
            byte[] secret = new byte[32];
            p256.BeginKeyPair(key, 0, key, 32);
            Assert.AreEqual(0, p256.Run());
            Meter meter = new Meter("ECDH", 1850000, 98);
            while (meter.WantsMore)
            {
                meter.Begin();
                meter.Start();
                p256.BeginEcdh(secret, 0, key, 32, key, 0);
                int result = p256.Run();
                meter.Stop();
                meter.End();
                Assert.AreEqual(0, result);
            }

            meter.Report();
        }

        [TestMethod]
        public void KeyPair()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] key = new byte[97];
            Meter meter = new Meter("fixed-base multiplication with scan, to affine", 660000, 35);
            while (meter.WantsMore)
            {
                meter.Begin();
                meter.Start();
                p256.BeginKeyPair(key, 0, key, 32);
                int result = p256.Run();
                meter.Stop();
                meter.End();
                Assert.AreEqual(0, result);
            }

            meter.Report();
        }

        [TestMethod]
        public void KeyPair_WithoutScan()
        {
            // For comparison: nobody multiplies a secret like this.
            P256Multiplier multiplier = new P256Multiplier(new ScriptedRandom(), 0);
            byte[] scalar = new byte[32];
            for (int i = 0; i < scalar.Length; i++) scalar[i] = (byte)(i * 89 + 7);
            Meter meter = new Meter("fixed-base multiplication without scan, to affine", 500000);
            for (int i = 0; i < Rounds; i++)
            {
                meter.Begin();
                meter.Start();
                P256Limbs.Load(multiplier.Registers.File, P256Multiplier.Scalar, scalar, 0);
                multiplier.SetGenerator(0, false);
                multiplier.Start(true);
                int result;
                do result = multiplier.Step();
                while (result == P256.Running);
                meter.Stop();
                meter.End();
                Assert.AreEqual(0, result);
                multiplier.Wipe();
            }

            meter.Report();
        }

        [TestMethod]
        public void SignAndVerify()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(0, 1, 1);
            byte[] key = new byte[97];
            byte[] hash = new byte[32];
            for (int i = 0; i < hash.Length; i++) hash[i] = (byte)(i * 89 + 7);
            byte[] signature = new byte[64];
            p256.BeginKeyPair(key, 0, key, 32);
            Assert.AreEqual(0, p256.Run());
            Meter sign = new Meter("sign with a prepared nonce", 6000);
            for (int i = 0; i < Rounds; i++)
            {
                Assert.IsTrue(p256.BeginPreparation());
                Assert.AreEqual(0, p256.Run());
                sign.Begin();
                sign.Start();
                p256.BeginSign(signature, 0, hash, 0, key, 0);
                int result = p256.Step();
                sign.Stop();
                sign.End();
                Assert.AreEqual(0, result);
            }

            Meter verify = new Meter("verify, unknown key", 1850000, 98);
            while (verify.WantsMore) Verify(p256, verify, signature, hash, key);
            while (p256.BeginPreparation())
            {
                Meter comb = new Meter("preparing a nonce or a comb", 2100000);
                comb.Begin();
                comb.Start();
                int result = p256.Run();
                comb.Stop();
                comb.End();
                comb.Report();
                Assert.AreEqual(0, result);
            }

            Meter known = new Meter("verify, cached comb", 920000, 48);
            while (known.WantsMore) Verify(p256, known, signature, hash, key);
            sign.Report();
            verify.Report();
            known.Report();
        }

        [TestMethod]
        public void Hash()
        {
            Sha256 sha = new Sha256();
            byte[] data = new byte[640];
            Meter meter = new Meter("SHA-256, 10 blocks", 80000);
            for (int i = 0; i < Rounds; i++)
            {
                sha.Start();
                meter.Begin();
                meter.Start();
                sha.Update(data, 0, 640);
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        [TestMethod]
        public void Aes()
        {
            Aes128 aes = new Aes128();
            ulong[] words = new ulong[4];
            aes.SetKey(new byte[16], 0);
            Meter meter = new Meter("AES-128, 20 blocks", 120000);
            for (int i = 0; i < Rounds; i++)
            {
                meter.Begin();
                meter.Start();
                for (int k = 0; k < 10; k++) aes.Encrypt(words);
                meter.Stop();
                meter.End();
            }

            meter.Report();
        }

        private static void Verify(P256 p256, Meter meter, byte[] signature, byte[] hash, byte[] key)
        {
            meter.Begin();
            meter.Start();
            p256.BeginVerify(signature, 0, hash, 0, key, 32);
            int result = p256.Run();
            meter.Stop();
            meter.End();
            Assert.AreEqual(0, result);
        }
    }
}
