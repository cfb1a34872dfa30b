using System;
using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.SecureChannel
{
    [TestClass]
    public class CaseKeyScheduleTests
    {
        [TestMethod]
        public void CaseSigmaVectors_Agree()
        {
            VectorReader v = new VectorReader(VectorData.CaseSigma);
            while (v.NextCase())
            {
                switch (v.Text("kind"))
                {
                    case "sigma2":
                        CheckSigma2(v, v.Bytes("signature_public_key"), v.Bytes("responder_noc"), null);
                        break;
                    case "sigma3":
                        CheckSigma3(v, v.Bytes("signature_public_key"));
                        CheckSessionKeys(v);
                        break;
                    default:
                        CheckSignature(v);
                        break;
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        /// <summary>The complete handshake and the resumption, as far as they are about keys.</summary>
        [TestMethod]
        public void CaseFullVector_Agrees()
        {
            VectorReader v = new VectorReader(VectorData.CaseFull);
            while (v.NextCase())
            {
                if (v.Text("kind") == "full")
                {
                    byte[] noc = v.Bytes("device_noc");
                    CheckSigma2(v, null, noc, v.Bytes("icac"));
                    CheckSigma3(v, null);
                    CheckSessionKeys(v);
                }
                else
                {
                    CheckResumption(v);
                }
            }

            Assert.IsTrue(v.Count > 0);
        }

        private static void CheckResumption(VectorReader v)
        {
            CaseKeys keys = new CaseKeys(NewCrypto());
            byte[] secret = v.Bytes("shared_secret");
            byte[] random = v.Bytes("initiator_random");
            byte[] oldId = v.Bytes("old_resumption_id");
            byte[] newId = v.Bytes("new_resumption_id");
            byte[] mic = new byte[AesCcm.TagLength];
            keys.DeriveSigma1ResumeKey(secret, random, oldId);
            keys.SealMic(mic);
            CollectionAssert.AreEqual(v.Bytes("initiator_resume_mic"), mic, v.Name);
            keys.DeriveSigma2ResumeKey(secret, random, newId);
            keys.SealMic(mic);
            CollectionAssert.AreEqual(v.Bytes("sigma2_resume_mic"), mic, v.Name);

            byte[] sessionKeys = new byte[48];
            byte[] expected = new byte[48];
            v.Bytes("i2r_key").CopyTo(expected, 0);
            v.Bytes("r2i_key").CopyTo(expected, 16);
            v.Bytes("attestation_challenge").CopyTo(expected, 32);
            keys.DeriveResumedSessionKeys(sessionKeys, secret, random, oldId);
            CollectionAssert.AreEqual(expected, sessionKeys, v.Name);

            for (int bit = 0; bit < 8 * AesCcm.TagLength; bit++)
            {
                mic = v.Bytes("initiator_resume_mic");
                mic[bit / 8] ^= (byte)(1 << (bit % 8));
                keys.DeriveSigma1ResumeKey(secret, random, oldId);
                Assert.IsFalse(keys.IsMicRight(mic), v.Name);
            }
        }

        private static void CheckSigma2(VectorReader v, byte[] publicKey, byte[] noc, byte[] icac)
        {
            CryptoSuite crypto = NewCrypto();
            CaseKeys keys = new CaseKeys(crypto);
            byte[] ownKey = v.Bytes("responder_eph_pub");
            byte[] otherKey = v.Bytes("initiator_eph_pub");
            byte[] plain = v.Bytes("tbedata2");
            byte[] expected = v.Bytes("encrypted2");
            byte[] data = new byte[plain.Length + AesCcm.TagLength];
            plain.CopyTo(data, 0);
            Sha256 transcript = Transcript(v.Bytes("sigma1"), null, null);

            keys.DeriveSigma2Key(v.Bytes("shared_secret"), v.Bytes("operational_ipk"), v.Bytes("responder_random"), ownKey, transcript);
            Assert.AreEqual(expected.Length, keys.Seal(data, 0, plain.Length), v.Name);
            CollectionAssert.AreEqual(expected, data, v.Name);

            keys.DeriveSigma2Key(v.Bytes("shared_secret"), v.Bytes("operational_ipk"), v.Bytes("responder_random"), ownKey, transcript);
            Assert.AreEqual(plain.Length, keys.Open(data, 0, data.Length), v.Name);
            Assert.AreEqual(MatterError.InvalidState, crypto.AesCcm.Step(), v.Name);

            byte[] hash = new byte[Sha256.HashLength];
            keys.HashSignedData(hash, noc, 0, noc.Length, icac, 0, icac == null ? CaseKeySchedule.NoIcac : icac.Length, ownKey, otherKey);
            CollectionAssert.AreEqual(Hash(v.Bytes("tbsdata2")), hash, v.Name);
            if (publicKey != null)
            {
                crypto.P256.BeginVerify(v.Bytes("signature"), 0, hash, 0, publicKey, 0);
                Assert.AreEqual(0, crypto.P256.Run(), v.Name);
            }
        }

        private static void CheckSigma3(VectorReader v, byte[] publicKey)
        {
            CryptoSuite crypto = NewCrypto();
            CaseKeys keys = new CaseKeys(crypto);
            byte[] data = v.Bytes("encrypted3");
            byte[] plain = v.Bytes("tbedata3");

            keys.DeriveSigma3Key(v.Bytes("shared_secret"), v.Bytes("operational_ipk"), Transcript(v.Bytes("sigma1"), v.Bytes("sigma2"), null));
            Assert.AreEqual(plain.Length, keys.Open(data, 0, data.Length), v.Name);
            byte[] opened = new byte[plain.Length];
            Array.Copy(data, opened, plain.Length);
            CollectionAssert.AreEqual(plain, opened, v.Name);

            TlvReader reader = new TlvReader();
            reader.Reset(plain, 0, plain.Length);
            reader.EnterMessage();
            reader.Next();
            byte[] hash = new byte[Sha256.HashLength];
            keys.HashSignedData(
                hash, plain, reader.ValueOffset, reader.GetBytes(1, 400), null, 0, CaseKeySchedule.NoIcac,
                v.Bytes("initiator_eph_pub"), v.Bytes("responder_eph_pub"));
            CollectionAssert.AreEqual(Hash(v.Bytes("tbsdata3")), hash, v.Name);
            if (publicKey != null)
            {
                crypto.P256.BeginVerify(v.Bytes("signature"), 0, hash, 0, publicKey, 0);
                Assert.AreEqual(0, crypto.P256.Run(), v.Name);
            }
        }

        private static void CheckSessionKeys(VectorReader v)
        {
            byte[] keys = new byte[48];
            new CaseKeys(NewCrypto()).DeriveSessionKeys(
                keys, v.Bytes("shared_secret"), v.Bytes("operational_ipk"), Transcript(v.Bytes("sigma1"), v.Bytes("sigma2"), v.Bytes("sigma3")));
            byte[] expected = new byte[48];
            v.Bytes("i2r_key").CopyTo(expected, 0);
            v.Bytes("r2i_key").CopyTo(expected, 16);
            v.Bytes("attestation_challenge").CopyTo(expected, 32);
            CollectionAssert.AreEqual(expected, keys, v.Name);
        }

        /// <summary>Signed data that name an ICAC of length 0.</summary>
        private static void CheckSignature(VectorReader v)
        {
            CryptoSuite crypto = NewCrypto();
            byte[] signed = v.Bytes("tbsdata");
            byte[][] fields = new byte[5][];
            TlvReader reader = new TlvReader();
            reader.Reset(signed, 0, signed.Length);
            reader.EnterMessage();
            while (reader.Next())
            {
                byte[] field = new byte[reader.GetBytes(0, 400)];
                Array.Copy(signed, reader.ValueOffset, field, 0, field.Length);
                fields[reader.Tag] = field;
            }

            Assert.AreEqual(0, reader.Finish(), v.Name);
            byte[] hash = new byte[Sha256.HashLength];
            new CaseKeys(crypto).HashSignedData(hash, fields[1], 0, fields[1].Length, fields[2], 0, fields[2].Length, fields[3], fields[4]);
            CollectionAssert.AreEqual(Hash(signed), hash, v.Name);
            crypto.P256.BeginVerify(v.Bytes("signature"), 0, hash, 0, v.Bytes("public_key"), 0);
            Assert.AreEqual(0, crypto.P256.Run(), v.Name);
        }

        private static CryptoSuite NewCrypto()
        {
            return new CryptoSuite(new ScriptedRandom(), null);
        }

        private static byte[] Hash(byte[] data)
        {
            byte[] hash = new byte[Sha256.HashLength];
            new Sha256().Hash(hash, 0, data, 0, data.Length);
            return hash;
        }

        private static Sha256 Transcript(byte[] first, byte[] second, byte[] third)
        {
            Sha256 hash = new Sha256();
            hash.Start();
            hash.Update(first, 0, first.Length);
            if (second != null)
            {
                hash.Update(second, 0, second.Length);
            }

            if (third != null)
            {
                hash.Update(third, 0, third.Length);
            }

            return hash;
        }
    }
}
