using System;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Matter.Nano.Crypto;
using Matter.Nano.Device.Desktop;
using OurAesCcm = Matter.Nano.Crypto.AesCcm;

namespace Matter.Nano.Tools.Benchmarks
{
    /// <summary>Each primitive by managed code and by .NET's.</summary>
    [MemoryDiagnoser]
    public class CryptoBenchmarks
    {
        private const int Short = 40;
        private const int Long = 1200;

        private readonly byte[] _key = new byte[OurAesCcm.KeyLength];
        private readonly byte[] _nonce = new byte[OurAesCcm.NonceLength];
        private readonly byte[] _buffer = new byte[Long + OurAesCcm.TagLength];
        private readonly byte[] _associated = new byte[8];
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        private readonly byte[] _privateKey = new byte[P256.ScalarLength];
        private readonly byte[] _publicKey = new byte[P256.PointLength];
        private readonly byte[] _otherPrivateKey = new byte[P256.ScalarLength];
        private readonly byte[] _otherPublicKey = new byte[P256.PointLength];
        private readonly byte[] _signature = new byte[P256.SignatureLength];
        private readonly byte[] _output = new byte[P256.SignatureLength];
        private CryptoSuite _crypto;

        /// <summary>managed or platform.</summary>
        [Params("managed", "platform")]
        public string Crypto { get; set; }

        [GlobalSetup]
        public void SetUp()
        {
            PlatformCrypto platform = Crypto == "platform" ? PlatformCrypto.Create() : null;
            _crypto = new CryptoSuite(new SystemRandom(), platform, platform);
            RandomNumberGenerator.Fill(_key);
            P256 p256 = _crypto.P256;
            p256.BeginKeyPair(_privateKey, 0, _publicKey, 0);
            Run();
            p256.BeginSign(_signature, 0, _hash, 0, _privateKey, 0);
            Run();
        }

        [Benchmark]
        public void AesCcmShort() { _crypto.AesCcm.Seal(_buffer, 0, Short, _key, 0, _nonce, 0, _associated, 0, 8); }

        [Benchmark]
        public void AesCcmLong() { _crypto.AesCcm.Seal(_buffer, 0, Long, _key, 0, _nonce, 0, _associated, 0, 8); }

        [Benchmark]
        public void Sha256Long() { _crypto.Sha256.Hash(_output, 0, _buffer, 0, Long); }

        [Benchmark]
        public void Hmac()
        {
            _crypto.Hmac.Start(_key, 0, _key.Length);
            _crypto.Hmac.Update(_buffer, 0, Short);
            _crypto.Hmac.Finish(_output, 0);
        }

        [Benchmark]
        public void KeyPair()
        {
            _crypto.P256.BeginKeyPair(_otherPrivateKey, 0, _otherPublicKey, 0);
            Run();
        }

        [Benchmark]
        public void Ecdh()
        {
            _crypto.P256.BeginEcdh(_output, 0, _publicKey, 0, _privateKey, 0);
            Run();
        }

        [Benchmark]
        public void Sign()
        {
            _crypto.P256.BeginSign(_output, 0, _hash, 0, _privateKey, 0);
            Run();
        }

        [Benchmark]
        public void Verify()
        {
            _crypto.P256.BeginVerify(_signature, 0, _hash, 0, _publicKey, 0);
            Run();
        }

        private void Run()
        {
            if (_crypto.P256.Run() < 0)
                throw new InvalidOperationException("The computation failed.");
        }
    }
}
