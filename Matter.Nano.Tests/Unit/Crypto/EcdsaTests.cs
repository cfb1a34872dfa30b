using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class EcdsaTests
    {
        [TestMethod]
        public void WycheproofVectors() { CheckWycheproof(new P256(new ScriptedRandom())); }

        internal static void CheckWycheproof(P256 p256)
        {
            VectorReader v = new VectorReader(VectorData.EcdsaP256Wycheproof);
            while (v.NextCase())
            {
                // The length of a signature is its reader's business: other lengths come padded or cut here.
                byte[] signature = new byte[64];
                byte[] given = v.Bytes("signature");
                Array.Copy(given, 0, signature, 0, given.Length < 64 ? given.Length : 64);
                bool valid = v.Text("result") == "valid";
                p256.BeginVerify(signature, 0, Hash(v.Bytes("message")), 0, v.Bytes("public"), 0);
                Assert.AreEqual(valid ? 0 : MatterError.AuthenticationFailed, p256.Run(), v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void DeterministicVectors_VerifyAndSign()
        {
            VectorReader v = new VectorReader(VectorData.EcdsaP256Deterministic);
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            byte[] signature = new byte[64];
            while (v.NextCase())
            {
                byte[] hash = Hash(v.Bytes("message"));
                p256.BeginVerify(v.Bytes("signature"), 0, hash, 0, v.Bytes("public"), 0);
                Assert.AreEqual(0, p256.Run(), v.Name);

                random.Say(Rfc6979Nonce(v.Bytes("private"), hash));
                p256.BeginSign(signature, 0, hash, 0, v.Bytes("private"), 0);
                Assert.AreEqual(0, p256.Run(), v.Name);
                CollectionAssert.AreEqual(v.Bytes("signature"), signature, v.Name);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Verify_FailsOnEachFlippedBit()
        {
            P256 p256 = new P256(new ScriptedRandom(3));
            byte[] privateKey = new byte[32];
            byte[] publicKey = new byte[65];
            byte[] input = new byte[96];
            for (int i = 0; i < 32; i++) input[64 + i] = (byte)(i * 7);
            p256.BeginKeyPair(privateKey, 0, publicKey, 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginSign(input, 0, input, 64, privateKey, 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginVerify(input, 0, input, 64, publicKey, 0);
            Assert.AreEqual(0, p256.Run());
            for (int bit = 0; bit < 768; bit += 5)
            {
                input[bit >> 3] ^= (byte)(1 << (bit & 7));
                p256.BeginVerify(input, 0, input, 64, publicKey, 0);
                Assert.AreEqual(MatterError.AuthenticationFailed, p256.Run(), bit.ToString());
                input[bit >> 3] ^= (byte)(1 << (bit & 7));
            }

            publicKey[64] ^= 1;
            p256.BeginVerify(input, 0, input, 64, publicKey, 0);
            Assert.AreEqual(MatterError.InvalidPoint, p256.Run());
        }

        [TestMethod]
        public void Verify_RefusesValuesOutOfRange()
        {
            P256 p256 = new P256(new ScriptedRandom());
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            byte[] hash = Hash(new byte[3]);
            p256.BeginPublicKey(publicKey, 0, P256Tests.Scalar(2), 0);
            Assert.AreEqual(0, p256.Run());
            for (int part = 0; part < 64; part += 32)
            {
                for (int offset = -1; offset <= 1; offset++)
                {
                    p256.BeginSign(signature, 0, hash, 0, P256Tests.Scalar(2), 0);
                    Assert.AreEqual(0, p256.Run());
                    Array.Copy(offset == 1 ? new byte[32] : P256Tests.OrderMinus(offset), 0, signature, part, 32);
                    p256.BeginVerify(signature, 0, hash, 0, publicKey, 0);
                    Assert.AreEqual(MatterError.AuthenticationFailed, p256.Step());
                }
            }
        }

        [TestMethod]
        public void HashesAtTheEdges_SignAndVerify()
        {
            P256 p256 = new P256(new ScriptedRandom(5));
            byte[] publicKey = new byte[65];
            byte[] signature = new byte[64];
            byte[] most = new byte[32];
            for (int i = 0; i < 32; i++) most[i] = 0xff;
            byte[][] hashes = { new byte[32], P256Tests.OrderMinus(0), P256Tests.OrderMinus(1), P256Tests.OrderMinus(-1), most };
            p256.BeginPublicKey(publicKey, 0, P256Tests.Scalar(2), 0);
            Assert.AreEqual(0, p256.Run());
            for (int i = 0; i < hashes.Length; i++)
            {
                p256.BeginSign(signature, 0, hashes[i], 0, P256Tests.Scalar(2), 0);
                Assert.AreEqual(0, p256.Run());
                p256.BeginVerify(signature, 0, hashes[i], 0, publicKey, 0);
                Assert.AreEqual(0, p256.Run(), i.ToString());
            }

            // A hash counts modulo n.
            p256.BeginSign(signature, 0, hashes[0], 0, P256Tests.Scalar(2), 0);
            Assert.AreEqual(0, p256.Run());
            p256.BeginVerify(signature, 0, hashes[1], 0, publicKey, 0);
            Assert.AreEqual(0, p256.Run());
        }

        [TestMethod]
        public void Sign_DrawsAnotherNonce_IfSIsZero()
        {
            // With nonce 1, r is the generator's x; hash = -r d makes s zero.
            ScriptedRandom random = new ScriptedRandom();
            P256 p256 = new P256(random);
            P256Order order = new P256Order();
            byte[] point = new byte[65];
            byte[] hash = new byte[32];
            byte[] signature = new byte[64];
            byte[] expected = new byte[64];
            byte[] key = P256Tests.Scalar(1234);
            p256.BeginPublicKey(point, 0, P256Tests.Scalar(1), 0);
            Assert.AreEqual(0, p256.Run());
            order.Reduce(hash, 0, point, 1, 32);
            order.Multiply(hash, 0, hash, 0, key, 0);
            order.Negate(hash, 0, hash, 0);
            random.Say(P256Tests.Scalar(1));
            random.Say(P256Tests.Scalar(8));
            p256.BeginSign(signature, 0, hash, 0, key, 0);
            Assert.AreEqual(0, p256.Run());
            Assert.AreEqual(0, random.Pending);
            random.Say(P256Tests.Scalar(8));
            p256.BeginSign(expected, 0, hash, 0, key, 0);
            Assert.AreEqual(0, p256.Run());
            CollectionAssert.AreEqual(expected, signature);
        }

        internal static byte[] Hash(byte[] message)
        {
            byte[] hash = new byte[32];
            new Sha256().Hash(hash, 0, message, 0, message.Length);
            return hash;
        }

        // RFC 6979 section 3.2 with SHA-256.
        internal static byte[] Rfc6979Nonce(byte[] privateKey, byte[] hash)
        {
            Hmac hmac = new Hmac();
            P256Order order = new P256Order();
            byte[] key = new byte[32];
            byte[] value = new byte[32];
            byte[] reduced = new byte[32];
            byte[] check = new byte[32];
            for (int i = 0; i < 32; i++) value[i] = 1;
            order.Reduce(reduced, 0, hash, 0, 32);
            for (byte round = 0; round < 2; round++) Rekey(hmac, key, value, round, privateKey, reduced);
            while (true)
            {
                hmac.Start(key, 0, 32);
                hmac.Update(value, 0, 32);
                hmac.Finish(value, 0);
                order.Reduce(check, 0, value, 0, 32);
                if (ConstantTime.Equals(check, 0, value, 0, 32)) return value;
                Rekey(hmac, key, value, 0, null, null);
            }
        }

        private static void Rekey(Hmac hmac, byte[] key, byte[] value, byte round, byte[] privateKey, byte[] hash)
        {
            hmac.Start(key, 0, 32);
            hmac.Update(value, 0, 32);
            hmac.Update(new byte[] { round }, 0, 1);
            if (privateKey != null)
            {
                hmac.Update(privateKey, 0, 32);
                hmac.Update(hash, 0, 32);
            }

            hmac.Finish(key, 0);
            hmac.Start(key, 0, 32);
            hmac.Update(value, 0, 32);
            hmac.Finish(value, 0);
        }
    }
}
