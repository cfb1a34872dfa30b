using System;
using System.Security.Cryptography;
using Matter.Nano.Crypto;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Our hashes and derivations against .NET's, on random input of every length.</summary>
    [TestClass]
    public class HashOracleTests
    {
        [TestMethod]
        public void Sha256_AgreesAtEveryLength()
        {
            Random random = new Random(1);
            Sha256 sha = new Sha256();
            byte[] data = new byte[1024];
            random.NextBytes(data);
            byte[] hash = new byte[32];
            for (int length = 0; length <= data.Length; length++)
            {
                sha.Hash(hash, 0, data, 0, length);
                CollectionAssert.AreEqual(SHA256.HashData(data.AsSpan(0, length)), hash, length.ToString());
            }
        }

        [TestMethod]
        public void Sha256_AgreesOnRandomPieces()
        {
            Random random = new Random(2);
            Sha256 sha = new Sha256();
            byte[] hash = new byte[32];
            for (int round = 0; round < 500; round++)
            {
                byte[] data = Bytes(random, random.Next(3000));
                sha.Start();
                for (int at = 0; at < data.Length;)
                {
                    int piece = Math.Min(random.Next(1, 200), data.Length - at);
                    sha.Update(data, at, piece);
                    at += piece;
                }
                sha.Finish(hash, 0);
                CollectionAssert.AreEqual(SHA256.HashData(data), hash, round.ToString());
            }
        }

        [TestMethod]
        public void Sha256_AgreesOnALongInput()
        {
            byte[] data = Bytes(new Random(3), 1 << 20);
            Sha256 sha = new Sha256();
            byte[] hash = new byte[32];
            using (IncrementalHash expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                sha.Start();
                for (int i = 0; i < 64; i++)
                {
                    sha.Update(data, 0, data.Length);
                    expected.AppendData(data);
                }
                sha.Finish(hash, 0);
                CollectionAssert.AreEqual(expected.GetHashAndReset(), hash);
            }
        }

        [TestMethod]
        public void Hmac_Agrees()
        {
            Random random = new Random(4);
            Hmac hmac = new Hmac();
            byte[] mac = new byte[32];
            for (int round = 0; round < 1000; round++)
            {
                byte[] key = Bytes(random, random.Next(150));
                byte[] data = Bytes(random, random.Next(300));
                hmac.Start(key, 0, key.Length);
                hmac.Update(data, 0, data.Length);
                hmac.Finish(mac, 0);
                CollectionAssert.AreEqual(HMACSHA256.HashData(key, data), mac, round.ToString());
            }
        }

        [TestMethod]
        public void Hkdf_Agrees()
        {
            Random random = new Random(5);
            KeyDerivation derivation = new KeyDerivation(new Hmac());
            for (int round = 0; round < 500; round++)
            {
                byte[] key = Bytes(random, random.Next(1, 100));
                byte[] salt = Bytes(random, random.Next(80));
                byte[] info = Bytes(random, random.Next(80));
                byte[] output = new byte[random.Next(1, 300)];
                derivation.Hkdf(output, 0, output.Length, key, 0, key.Length, salt, 0, salt.Length, info, 0, info.Length);
                CollectionAssert.AreEqual(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, output.Length, salt, info), output, round.ToString());
            }
        }

        [TestMethod]
        public void Pbkdf2_Agrees()
        {
            Random random = new Random(6);
            KeyDerivation derivation = new KeyDerivation(new Hmac());
            for (int round = 0; round < 100; round++)
            {
                byte[] password = Bytes(random, random.Next(100));
                byte[] salt = Bytes(random, random.Next(40));
                byte[] output = new byte[random.Next(1, 100)];
                int iterations = random.Next(1, 50);
                derivation.Pbkdf2(output, 0, output.Length, password, 0, password.Length, salt, 0, salt.Length, iterations);
                CollectionAssert.AreEqual(Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, output.Length), output, round.ToString());
            }
        }

        private static byte[] Bytes(Random random, int length)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            return bytes;
        }
    }
}
