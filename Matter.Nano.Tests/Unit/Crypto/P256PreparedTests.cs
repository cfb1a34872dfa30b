using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>What the engine computes ahead of need: used once, and the same as without.</summary>
    [TestClass]
    public class P256PreparedTests
    {
        [TestMethod]
        public void NothingIsPrepared_WithoutRoom()
        {
            P256 p256 = new P256(new ScriptedRandom());
            Assert.IsFalse(p256.BeginPreparation());
            p256.Reserve(1, 1, 0);
            Assert.AreEqual(2, Prepare(p256));
            Assert.IsFalse(p256.BeginPreparation());
        }

        [TestMethod]
        public void KeyPairs_ServeOnce()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(2, 0, 0);
            Prepare(p256);
            Assert.AreEqual(2, p256.PreparedKeyPairs);
            byte[][] keys = new byte[4][];
            for (int i = 0; i < 4; i++)
            {
                byte[] pair = new byte[97];
                int steps = p256.StepCount;
                p256.BeginKeyPair(pair, 0, pair, 32);
                Assert.AreEqual(0, p256.Run());
                Assert.AreEqual(i < 2, p256.StepCount == steps, "at once");
                byte[] publicKey = new byte[65];
                p256.BeginPublicKey(publicKey, 0, pair, 0);
                Assert.AreEqual(0, p256.Run());
                for (int k = 0; k < 65; k++) Assert.AreEqual(publicKey[k], pair[32 + k], "byte " + k);
                for (int k = 0; k < i; k++) CollectionAssert.AreNotEqual(keys[k], publicKey);
                keys[i] = publicKey;
            }

            Assert.AreEqual(0, p256.PreparedKeyPairs);
        }

        [TestMethod]
        public void PreparedSignatures_AreThoseOfTheVectors()
        {
            VectorReader v = new VectorReader(VectorData.EcdsaP256Deterministic);
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            p256.Reserve(0, 1, 0);
            byte[] signature = new byte[64];
            while (v.NextCase())
            {
                byte[] hash = EcdsaTests.Hash(v.Bytes("message"));
                random.Say(EcdsaTests.Rfc6979Nonce(v.Bytes("private"), hash));
                Assert.AreEqual(1, Prepare(p256));
                Assert.AreEqual(0, random.Pending);
                int steps = p256.StepCount;
                p256.BeginSign(signature, 0, hash, 0, v.Bytes("private"), 0);
                Assert.AreEqual(0, p256.Step(), v.Name);
                Assert.AreEqual(steps, p256.StepCount, "at once");
                CollectionAssert.AreEqual(v.Bytes("signature"), signature, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Nonces_ServeOnce_AlsoForARefusedKey()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(0, 2, 0);
            Prepare(p256);
            byte[] hash = new byte[32];
            byte[][] signatures = new byte[4][];
            for (int i = 0; i < 4; i++)
            {
                signatures[i] = new byte[64];
                p256.BeginSign(signatures[i], 0, hash, 0, P256Tests.Scalar(2), 0);
                Assert.AreEqual(0, p256.Run());
                Assert.AreEqual(i < 2 ? 1 - i : 0, p256.PreparedSignatures);
                for (int k = 0; k < i; k++) CollectionAssert.AreNotEqual(signatures[k], signatures[i]);
            }

            Prepare(p256);
            p256.BeginSign(signatures[0], 0, hash, 0, new byte[32], 0);
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
        }

        [TestMethod]
        public void Preparation_YieldsAtEveryStep_AndKeepsNothingHalfDone()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(1, 1, 0);
            object background = new object();
            object user = new object();
            byte[] pair = new byte[97];
            for (int steps = 0; ; steps++)
            {
                Assert.IsTrue(p256.TryAcquireInBackground(background));
                Assert.IsFalse(p256.TryAcquireInBackground(user), "no race of the idle");
                Assert.IsTrue(p256.BeginPreparation());
                int before = p256.PreparedKeyPairs;
                int result = P256.Running;
                for (int i = 0; i < steps && result == P256.Running; i++) result = p256.Step();
                Assert.IsTrue(p256.TryAcquire(user));
                Assert.IsFalse(p256.IsOwner(background));
                Assert.IsFalse(p256.TryAcquireInBackground(background));
                if (result == 0) break;
                Assert.AreEqual(before, p256.PreparedKeyPairs);
                Assert.AreEqual(MatterError.InvalidState, p256.Step(), "abandoned");
                p256.Release(user);
            }

            Assert.AreEqual(1, p256.PreparedKeyPairs);
            p256.BeginKeyPair(pair, 0, pair, 32);
            Assert.AreEqual(0, p256.Run());
            p256.Release(user);
        }

        [TestMethod]
        public void Drop_And_Reserve_ForgetWhatIsPrepared()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(2, 2, 0);
            Prepare(p256);
            p256.Drop();
            Assert.AreEqual(0, p256.PreparedKeyPairs + p256.PreparedSignatures);
            Prepare(p256);
            p256.Reserve(2, 2, 0);
            Assert.AreEqual(0, p256.PreparedKeyPairs + p256.PreparedSignatures);
        }

        [TestMethod]
        public void Preparation_ReportsABrokenRandomSource()
        {
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            p256.Reserve(1, 0, 0);
            for (int i = 0; i < 8; i++) random.Say(new byte[32]);
            Assert.IsTrue(p256.BeginPreparation());
            Assert.AreEqual(MatterError.OutOfRange, p256.Run());
            Assert.AreEqual(0, p256.PreparedKeyPairs);
        }

        [TestMethod]
        public void Combs_VerifyTheWycheproofVectors()
        {
            VectorReader v = new VectorReader(VectorData.EcdsaP256Wycheproof);
            P256 p256 = new P256(new ScriptedRandom());
            byte[] last = null;
            int combs = 0;
            while (v.NextCase())
            {
                byte[] signature = new byte[64];
                byte[] given = v.Bytes("signature");
                Array.Copy(given, 0, signature, 0, given.Length < 64 ? given.Length : 64);
                byte[] key = v.Bytes("public");
                byte[] hash = EcdsaTests.Hash(v.Bytes("message"));
                int expected = v.Text("result") == "valid" ? 0 : MatterError.AuthenticationFailed;
                bool isNew = last == null || !ConstantTime.Equals(last, 0, key, 0, 65);
                if (isNew) p256.Reserve(0, 0, 1);
                last = key;
                p256.BeginVerify(signature, 0, hash, 0, key, 0);
                Assert.AreEqual(expected, p256.Run(), v.Name);
                if (Prepare(p256) == 0) continue;
                combs++;
                p256.BeginVerify(signature, 0, hash, 0, key, 0);
                Assert.AreEqual(expected, p256.Run(), v.Name + " by comb");
                signature[40] ^= 1;
                p256.BeginVerify(signature, 0, hash, 0, key, 0);
                Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run(), v.Name + " by comb");
            }

            Assert.IsTrue(combs > 0);
        }

        [TestMethod]
        public void Combs_OfKeysThatMeetTheGenerators()
        {
            // Keys 1, 2, 1/2 and -1: both combs' points meet, double and cancel each other.
            byte[] half = P256Tests.OrderMinus(-1);
            for (int i = 31; i > 0; i--) half[i] = (byte)((half[i] >> 1) | (half[i - 1] << 7));
            half[0] >>= 1;
            byte[][] scalars = { P256Tests.Scalar(1), P256Tests.Scalar(2), half, P256Tests.OrderMinus(1) };
            P256 p256 = new P256(new ScriptedRandom());
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            for (int i = 0; i < scalars.Length; i++)
            {
                p256.Reserve(0, 0, 1);
                p256.BeginPublicKey(publicKey, 0, scalars[i], 0);
                Assert.AreEqual(0, p256.Run());
                for (int k = 0; k < 6; k++)
                {
                    byte[] hash = P256Tests.Scalar(k);
                    p256.BeginSign(signature, 0, hash, 0, scalars[i], 0);
                    Assert.AreEqual(0, p256.Run());
                    p256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
                    Assert.AreEqual(0, p256.Run(), i + " " + k);
                    Assert.AreEqual(k == 0 ? 1 : 0, Prepare(p256));
                    hash[0] ^= 1;
                    p256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
                    Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run(), i + " " + k);
                }
            }
        }

        [TestMethod]
        public void Combs_GoToTheKeysMetMost()
        {
            P256 p256 = new P256(new ScriptedRandom());
            p256.Reserve(0, 0, 2);
            byte[][] keys = new byte[4][];
            byte[][] signatures = new byte[4][];
            byte[] hash = P256Tests.Scalar(99);
            for (int i = 0; i < 4; i++)
            {
                keys[i] = new byte[65];
                signatures[i] = new byte[64];
                p256.BeginPublicKey(keys[i], 0, P256Tests.Scalar(i + 5), 0);
                p256.Run();
                p256.BeginSign(signatures[i], 0, hash, 0, P256Tests.Scalar(i + 5), 0);
                Assert.AreEqual(0, p256.Run());
            }

            int slow = Verify(p256, keys[0], signatures[0], hash);
            Assert.AreEqual(1, Prepare(p256), "the first");
            int fast = Verify(p256, keys[0], signatures[0], hash);
            Assert.IsTrue(fast * 10 < slow * 6, fast + " steps, not " + slow);
            Assert.IsTrue(Verify(p256, keys[1], signatures[1], hash) > fast);
            Assert.AreEqual(1, Prepare(p256), "the second");
            Assert.AreEqual(fast, Verify(p256, keys[1], signatures[1], hash));
            Verify(p256, keys[2], signatures[2], hash);
            Assert.AreEqual(0, Prepare(p256), "not more than the others");
            Verify(p256, keys[2], signatures[2], hash);
            Verify(p256, keys[2], signatures[2], hash);
            Assert.AreEqual(1, Prepare(p256), "more than another");
            Assert.AreEqual(fast, Verify(p256, keys[2], signatures[2], hash));
            int fastKeys = 0;
            for (int i = 0; i < 3; i++) fastKeys += Verify(p256, keys[i], signatures[i], hash) == fast ? 1 : 0;
            Assert.AreEqual(2, fastKeys);

            signatures[3][5] ^= 1;
            for (int i = 0; i < 9; i++)
            {
                p256.BeginVerify(signatures[3], 0, hash, 0, keys[3], 0);
                Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run());
            }

            Assert.AreEqual(0, Prepare(p256), "who does not verify does not count");
        }

        // Returns how many things were prepared.
        private static int Prepare(P256 p256)
        {
            int count = 0;
            for (; p256.BeginPreparation(); count++) Assert.AreEqual(0, p256.Run());
            return count;
        }

        // Returns how many steps it took.
        private static int Verify(P256 p256, byte[] key, byte[] signature, byte[] hash)
        {
            int steps = p256.StepCount;
            p256.BeginVerify(signature, 0, hash, 0, key, 0);
            Assert.AreEqual(0, p256.Run());
            return p256.StepCount - steps;
        }
    }
}
