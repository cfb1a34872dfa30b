using System;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    [TestClass]
    public class Spake2PlusTests
    {
        [TestMethod]
        public void Draft01Vectors()
        {
            ScriptedRandom random = new ScriptedRandom();
            CheckDraft01(random, new CryptoSuite(random, null));
        }

        internal static void CheckDraft01(ScriptedRandom random, CryptoSuite crypto)
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusDraft01);
            int whole = 0;
            while (v.NextCase())
            {
                CheckGroup(v);

                // Matter's identities are empty: with others only the group part can be compared.
                if (v.Bytes("prover").Length + v.Bytes("responder").Length > 0) continue;
                CheckAnswer(v, random, crypto);
                whole++;
            }

            Assert.IsTrue(whole > 0);
        }

        [TestMethod]
        public void PaseVectors()
        {
            ScriptedRandom random = new ScriptedRandom();
            CheckPase(random, new CryptoSuite(random, null));
        }

        internal static void CheckPase(ScriptedRandom random, CryptoSuite crypto)
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusPase);
            while (v.NextCase()) CheckAnswer(v, random, crypto);
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Rfc9383Vectors_AgreeInTheGroup()
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusRfc9383);
            while (v.NextCase()) CheckGroup(v);
            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void VerifierVectors() { CheckVerifiers(new CryptoSuite(new ScriptedRandom(), null)); }

        internal static void CheckVerifiers(CryptoSuite crypto)
        {
            VectorReader v = new VectorReader(VectorData.PaseVerifier);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = new byte[99];
            while (v.NextCase())
            {
                byte[] salt = v.Bytes("salt");
                spake.BeginVerifier(verifier, 1, (uint)v.Int("passcode"), salt, 0, salt.Length, v.Int("iterations"));
                Assert.AreEqual(0, Run(spake), v.Name);
                byte[] expected = v.Bytes("verifier");
                for (int i = 0; i < 97; i++) Assert.AreEqual(expected[i], verifier[1 + i], v.Name);
                Assert.AreEqual(0, verifier[0] | verifier[98]);
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Answer_RefusesABadPA()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            byte[] pA = new byte[65];
            Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA));
            pA[0] = 4;
            Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA));
            Array.Copy(verifier, 32, pA, 0, 65);
            for (int i = 0; i < 65; i++)
            {
                pA[i] ^= 0x10;
                Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA), i.ToString());
                pA[i] ^= 0x10;
            }

            Assert.AreEqual(0, Answer(spake, verifier, pA));
        }

        [TestMethod]
        public void Answer_RefusesAPAThatMakesZInfinity()
        {
            // pA = w0 M leaves Z = y (pA - w0 M) nothing.
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            byte[] pA = new byte[65];
            crypto.P256.BeginMultiplyAdd(pA, 0, verifier, 0, M(), 0, null, 0, null, 0);
            Assert.AreEqual(0, crypto.P256.Run());
            Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA));
            byte[] key = new byte[16];
            Assert.AreEqual(MatterError.AuthenticationFailed, spake.Confirm(key, 0, new byte[32], 0));
        }

        [TestMethod]
        public void Confirm_RefusesEachWrongBit_AndIsOneShot()
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusPase);
            Assert.IsTrue(v.NextCase());
            ScriptedRandom random = new ScriptedRandom();
            Spake2Plus spake = new Spake2Plus(new CryptoSuite(random, null));
            byte[] cA = v.Bytes("cA");
            byte[] key = new byte[16];
            for (int bit = 0; bit < 256; bit += 37)
            {
                random.Say(v.Bytes("y"));
                Assert.AreEqual(0, Answer(spake, Join(v.Bytes("w0"), v.Bytes("L")), v.Bytes("pA"), v.Bytes("context")));
                cA[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.AreEqual(MatterError.AuthenticationFailed, spake.Confirm(key, 0, cA, 0), bit.ToString());
                cA[bit >> 3] ^= (byte)(1 << (bit & 7));
                Assert.AreEqual(MatterError.AuthenticationFailed, spake.Confirm(key, 0, cA, 0), "wiped by the first attempt");
                Assert.AreEqual(MatterError.AuthenticationFailed, spake.Confirm(key, 0, new byte[32], 0), "a wiped cA confirms nothing");
            }

            CollectionAssert.AreEqual(new byte[16], key);
        }

        [TestMethod]
        public void Wipe_AbandonsAtEveryStep()
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusPase);
            Assert.IsTrue(v.NextCase());
            ScriptedRandom random = new ScriptedRandom();
            Spake2Plus spake = new Spake2Plus(new CryptoSuite(random, null));
            byte[] verifier = Join(v.Bytes("w0"), v.Bytes("L"));
            byte[] context = v.Bytes("context");
            byte[] key = new byte[16];
            Assert.AreEqual(MatterError.InvalidState, spake.Step());
            for (int steps = 0; steps < 400; steps += 29)
            {
                spake.BeginAnswer(context, 0, context.Length, verifier, 0, v.Bytes("pA"), 0);
                for (int i = 0; i < steps; i++) spake.Step();
                spake.Wipe();
                Assert.AreEqual(MatterError.InvalidState, spake.Step());
                Assert.AreEqual(MatterError.AuthenticationFailed, spake.Confirm(key, 0, new byte[32], 0));
            }

            random.Say(v.Bytes("y"));
            Assert.AreEqual(0, Answer(spake, verifier, v.Bytes("pA"), context));
            Assert.AreEqual(0, spake.Confirm(key, 0, v.Bytes("cA"), 0));
            CollectionAssert.AreEqual(v.Bytes("Ke"), key);
        }

        [TestMethod]
        public void PreparedAnswers_AreThoseOfTheVectors_HoweverMuchIsPrepared()
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusPase);
            while (v.NextCase())
            {
                byte[] verifier = Join(v.Bytes("w0"), v.Bytes("L"));
                for (int tasks = 0; tasks <= 4; tasks++)
                {
                    ScriptedRandom random = new ScriptedRandom();
                    CryptoSuite crypto = new CryptoSuite(random, null);
                    Spake2Plus spake = new Spake2Plus(crypto);
                    random.Say(v.Bytes("y"));
                    Assert.AreEqual(tasks, Prepare(spake, verifier, tasks));
                    Assert.AreEqual(tasks == 4, spake.IsPrepared);
                    if (tasks < 4)
                    {
                        // What was begun and taken away does no harm.
                        if (tasks != 1) Assert.IsTrue(spake.BeginPreparation(verifier, 0));
                        for (int i = 0; i < 7; i++) crypto.P256.Step();
                    }

                    byte[] key = new byte[16];
                    Assert.AreEqual(0, Answer(spake, verifier, v.Bytes("pA"), v.Bytes("context")), v.Name);
                    Assert.AreEqual(0, random.Pending);
                    Assert.AreEqual(0, spake.Confirm(key, 0, v.Bytes("cA"), 0), v.Name + " " + tasks);
                    CollectionAssert.AreEqual(v.Bytes("Ke"), key, v.Name);
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        [TestMethod]
        public void Preparation_ServesOneAttempt_WhateverBecomesOfIt()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            byte[] pA = new byte[65];
            byte[] cB = new byte[32];
            Array.Copy(verifier, 32, pA, 0, 65);
            byte[][] answers = new byte[4][];
            for (int i = 0; i < 4; i++)
            {
                if (i == 0 || i == 3) Prepare(spake, verifier, 4);
                if (i == 3)
                {
                    // The attempt fails at once, the next one has another y.
                    Assert.IsTrue(spake.IsPrepared);
                    Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, new byte[65]));
                }

                Assert.AreEqual(i == 0, spake.IsPrepared);
                answers[i] = new byte[65];
                Assert.AreEqual(0, Answer(spake, verifier, pA));
                spake.GetAnswer(answers[i], 0, cB, 0);
                Assert.IsFalse(spake.IsPrepared);
                for (int k = 0; k < i; k++) CollectionAssert.AreNotEqual(answers[k], answers[i]);
            }
        }

        [TestMethod]
        public void Preparation_IsForOneVerifier()
        {
            VectorReader v = new VectorReader(VectorData.Spake2PlusPase);
            Assert.IsTrue(v.NextCase());
            ScriptedRandom random = new ScriptedRandom();
            CryptoSuite crypto = new CryptoSuite(random, null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Join(v.Bytes("w0"), v.Bytes("L"));
            byte[] key = new byte[16];
            for (int i = 0; i < 3; i++)
            {
                byte[] other = Verifier(crypto);
                Assert.AreEqual(4, Prepare(spake, other, 9));
                if (i == 1) Assert.AreEqual(2, Prepare(spake, verifier, 2));
                if (i == 2) spake.ForgetPreparation();
                Assert.AreEqual(i == 0, spake.IsPrepared);
                bool isDrawn = i == 1;
                if (isDrawn)
                {
                    Assert.AreEqual(0, Answer(spake, verifier, v.Bytes("pA"), v.Bytes("context")));
                    continue;
                }

                random.Say(v.Bytes("y"));
                Assert.AreEqual(0, Answer(spake, verifier, v.Bytes("pA"), v.Bytes("context")));
                Assert.AreEqual(0, spake.Confirm(key, 0, v.Bytes("cA"), 0));
            }
        }

        [TestMethod]
        public void Preparation_GivesUpForABadVerifier_AndTheAnswerSaysSo()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            byte[] pA = new byte[65];
            Array.Copy(verifier, 32, pA, 0, 65);
            verifier[40] ^= 1;
            Assert.AreEqual(2, Prepare(spake, verifier, 9));
            Assert.IsFalse(spake.BeginPreparation(verifier, 0));
            Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA));
            verifier[40] ^= 1;
            Assert.AreEqual(4, Prepare(spake, verifier, 9));
            Assert.AreEqual(0, Answer(spake, verifier, pA));
        }

        [TestMethod]
        public void PreparedAnswer_RefusesAPAThatMakesZInfinity()
        {
            CryptoSuite crypto = new CryptoSuite(new ScriptedRandom(), null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            byte[] pA = new byte[65];
            crypto.P256.BeginMultiplyAdd(pA, 0, verifier, 0, M(), 0, null, 0, null, 0);
            Assert.AreEqual(0, crypto.P256.Run());
            Prepare(spake, verifier, 4);
            Assert.AreEqual(MatterError.InvalidPoint, Answer(spake, verifier, pA));
            Assert.AreEqual(2, Prepare(spake, verifier, 9), "what serves all attempts is still there");
        }

        [TestMethod]
        public void Answer_ReportsABrokenRandomSource()
        {
            ScriptedRandom random = new ScriptedRandom();
            CryptoSuite crypto = new CryptoSuite(random, null);
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] verifier = Verifier(crypto);
            for (int i = 0; i < 8; i++) random.Say(new byte[32]);
            byte[] pA = new byte[65];
            Array.Copy(verifier, 32, pA, 0, 65);
            Assert.AreEqual(MatterError.OutOfRange, Answer(spake, verifier, pA));
        }

        // L and pA as the prover makes them, pB, Z from both ends and V.
        private static void CheckGroup(VectorReader v)
        {
            P256 p256 = new P256(new ScriptedRandom());
            P256Order order = new P256Order();
            byte[] product = new byte[32];
            byte[] y = v.Bytes("y");
            byte[] w0 = v.Bytes("w0");
            CheckSum(v, p256, "L", v.Bytes("w1"), null, null, null);
            CheckSum(v, p256, "pA", v.Bytes("x"), null, w0, M());
            CheckSum(v, p256, "pB", y, null, w0, N());
            CheckSum(v, p256, "V", y, v.Bytes("L"), null, null);
            order.Multiply(product, 0, y, 0, w0, 0);
            order.Negate(product, 0, product, 0);
            CheckSum(v, p256, "Z", y, v.Bytes("pA"), product, M());
            order.Multiply(product, 0, v.Bytes("x"), 0, w0, 0);
            order.Negate(product, 0, product, 0);
            CheckSum(v, p256, "Z", v.Bytes("x"), v.Bytes("pB"), product, N());
        }

        private static void CheckSum(VectorReader v, P256 p256, string field, byte[] scalar1, byte[] point1, byte[] scalar2, byte[] point2)
        {
            byte[] result = new byte[65];
            p256.BeginMultiplyAdd(result, 0, scalar1, 0, point1, 0, scalar2, 0, point2, 0);
            Assert.AreEqual(0, p256.Run(), v.Name);
            CollectionAssert.AreEqual(v.Bytes(field), result, v.Name + " " + field);
        }

        private static void CheckAnswer(VectorReader v, ScriptedRandom random, CryptoSuite crypto)
        {
            Spake2Plus spake = new Spake2Plus(crypto);
            byte[] pB = new byte[66];
            byte[] cB = new byte[33];
            byte[] key = new byte[17];
            random.Say(v.Bytes("y"));
            Assert.AreEqual(0, Answer(spake, Join(v.Bytes("w0"), v.Bytes("L")), v.Bytes("pA"), v.Bytes("context")), v.Name);
            Assert.AreEqual(0, random.Pending);
            spake.GetAnswer(pB, 1, cB, 1);
            CollectionAssert.AreEqual(Join(new byte[1], v.Bytes("pB")), pB, v.Name);
            CollectionAssert.AreEqual(Join(new byte[1], v.Bytes("cB")), cB, v.Name);
            Assert.AreEqual(0, spake.Confirm(key, 1, v.Bytes("cA"), 0), v.Name);
            CollectionAssert.AreEqual(Join(new byte[1], v.Bytes("Ke")), key, v.Name);
        }

        private static int Answer(Spake2Plus spake, byte[] verifier, byte[] pA)
        {
            return Answer(spake, verifier, pA, new byte[32]);
        }

        private static int Answer(Spake2Plus spake, byte[] verifier, byte[] pA, byte[] context)
        {
            spake.BeginAnswer(context, 0, context.Length, verifier, 0, pA, 0);
            return Run(spake);
        }

        // Returns how much was prepared, at most what is asked for.
        private static int Prepare(Spake2Plus spake, byte[] verifier, int tasks)
        {
            int done = 0;
            while (done < tasks && spake.BeginPreparation(verifier, 0))
            {
                int result;
                do result = spake.StepPreparation();
                while (result == P256.Running);
                if (result == 0) done++;
            }

            return done;
        }

        private static int Run(Spake2Plus spake)
        {
            int result;
            do result = spake.Step();
            while (result == P256.Running);
            return result;
        }

        private static byte[] Verifier(CryptoSuite crypto)
        {
            byte[] verifier = new byte[97];
            verifier[5] = 0x77;
            crypto.P256.BeginPublicKey(verifier, 32, P256Tests.Scalar(4711), 0);
            Assert.AreEqual(0, crypto.P256.Run());
            return verifier;
        }

        private static byte[] Join(byte[] first, byte[] second)
        {
            byte[] joined = new byte[first.Length + second.Length];
            Array.Copy(first, 0, joined, 0, first.Length);
            Array.Copy(second, 0, joined, first.Length, second.Length);
            return joined;
        }

        private static byte[] Point(string vector)
        {
            VectorReader v = new VectorReader(vector);
            v.NextCase();
            return v.Bytes("p");
        }

        private static byte[] M()
        {
            return Point(
                "*M\np=04886e2f97ace46e55ba9dd7242579f2993b64e16ef3dcab95afd497333d8fa12f5ff355163e43ce224e0b0e65ff02ac8e5c7be09419c785e0ca547d55a12e2d20\n");
        }

        private static byte[] N()
        {
            return Point(
                "*N\np=04d8bbd6c639c62937b04d997f38c3770719c629d7014d49a24b4f98baa1292b4907d60aa6bfade45008a636337f5168c64d9bd36034808cd564490b1e656edbe7\n");
        }
    }
}
