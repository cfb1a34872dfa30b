using System;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Known answers at start: FIPS 180-4's "abc", RFC 6979 A.2.5's signature of "sample", a shared secret.</summary>
    internal static class PlatformCryptoCheck
    {
        private const string Abc = "616263";
        private const string AbcHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        private const string Sample = "73616d706c65";
        private const string SignerPrivate = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
        private const string SignerPublic =
            "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
        private const string Signature =
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
        private const string OwnPrivate = "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534";
        private const string PeerPublic =
            "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac";
        private const string Secret = "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b";

        /// <summary>Whether a library answers right.</summary>
        public static bool Passes(ICryptoLibrary library)
        {
            byte[] hash = new byte[Sha256.HashLength];
            byte[] secret = new byte[P256.ScalarLength];
            byte[] privateKey = new byte[P256.ScalarLength];
            byte[] publicKey = new byte[P256.PointLength];
            byte[] signature = Bytes(Signature);
            byte[] own = new byte[P256.SignatureLength];
            return Hash(library, hash, Abc) && Is(hash, AbcHash)
                && library.Ecdh(secret, 0, Bytes(PeerPublic), 0, Bytes(OwnPrivate), 0) == 0 && Is(secret, Secret)
                && Hash(library, hash, Sample)
                && library.Verify(signature, 0, hash, 0, Bytes(SignerPublic), 0) == 0
                && library.Verify(Damaged(signature), 0, hash, 0, Bytes(SignerPublic), 0) == MatterError.AuthenticationFailed
                && library.Sign(own, 0, hash, 0, Bytes(SignerPrivate), 0) == 0
                && library.Verify(own, 0, hash, 0, Bytes(SignerPublic), 0) == 0
                && library.KeyPair(privateKey, 0, publicKey, 0) == 0
                && library.Sign(own, 0, hash, 0, privateKey, 0) == 0
                && library.Verify(own, 0, hash, 0, publicKey, 0) == 0;
        }

        private static bool Hash(ICryptoLibrary library, byte[] hash, string data)
        {
            byte[] bytes = Bytes(data);
            return library.Sha256(hash, 0, bytes, 0, bytes.Length) == 0;
        }

        private static byte[] Damaged(byte[] signature)
        {
            byte[] damaged = (byte[])signature.Clone();
            damaged[40] ^= 1;
            return damaged;
        }

        private static byte[] Bytes(string hex)
        {
            return Convert.FromHexString(hex);
        }

        private static bool Is(byte[] found, string expected)
        {
            return found.AsSpan().SequenceEqual(Bytes(expected));
        }
    }
}
