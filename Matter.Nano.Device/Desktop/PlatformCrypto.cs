using System;
using System.Security.Cryptography;
using Matter.Nano.Crypto;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>
    /// .NET's cryptography, which is the operating system's. AES-CCM is put together from two transforms that are kept for
    /// each key: that takes less time than .NET's own class for it, and a wrong tag throws no exception.
    /// </summary>
    internal sealed class PlatformCrypto : ICryptoAccelerator, ICryptoLibrary
    {
        private const int BlockLength = 16;
        private const int MaxBlocks = 84;
        private const int AesKeys = 8;
        private const int PublicKeys = 4;

        private readonly Aes _aes = Aes.Create();
        private readonly AesKey[] _keys = new AesKey[AesKeys]; // the one used last comes first
        private readonly ECDsa[] _verifiers = new ECDsa[PublicKeys]; // likewise
        private readonly byte[][] _verifierKeys = new byte[PublicKeys][];
        private readonly byte[] _zeros = new byte[BlockLength];
        private readonly byte[] _chain = new byte[MaxBlocks * BlockLength];
        private readonly byte[] _private = GC.AllocateArray<byte>(P256.ScalarLength, true); // pinned: no copies of it stay behind

        private PlatformCrypto()
        {
            _aes.Padding = PaddingMode.None;
        }

        /// <summary>Sets it up and compares its P-256 and SHA-256 with known answers; AES and HMAC are compared by who uses them.</summary>
        /// <returns>Null where the platform lacks something or has an answer wrong.</returns>
        public static PlatformCrypto Create()
        {
            PlatformCrypto crypto = new PlatformCrypto();
            return PlatformCryptoCheck.Passes(crypto) ? crypto : null;
        }

        public int AesEcb(byte[] output, int outputOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            try
            {
                UseKey(key, keyOffset).Ecb.TransformBlock(input, inputOffset, blocks * BlockLength, output, outputOffset);
                return 0;
            }
            catch (CryptographicException)
            {
                return MatterError.InvalidState;
            }
        }

        public int AesCbcMac(byte[] mac, int macOffset, byte[] input, int inputOffset, int blocks, byte[] key, int keyOffset)
        {
            if (blocks > MaxBlocks)
                return MatterError.OutOfRange;
            try
            {
                int length = blocks * BlockLength;
                ICryptoTransform cbc = UseKey(key, keyOffset).Cbc;
                cbc.TransformBlock(input, inputOffset, length, _chain, 0);
                cbc.TransformFinalBlock(_zeros, 0, 0); // back to the zero initial vector
                Array.Copy(_chain, length - BlockLength, mac, macOffset, BlockLength);
                CryptographicOperations.ZeroMemory(_chain.AsSpan(0, length));
                return 0;
            }
            catch (CryptographicException)
            {
                return MatterError.InvalidState;
            }
        }

        public int HmacSha256(byte[] mac, int macOffset, byte[] key, byte[] message, int length)
        {
            HMACSHA256.HashData(key, message.AsSpan(0, length), mac.AsSpan(macOffset));
            return 0;
        }

        public void ForgetKeys()
        {
            for (int i = 0; i < AesKeys; i++)
            {
                if (_keys[i] != null)
                    _keys[i].Dispose();
                _keys[i] = null;
            }
        }

        public int Sha256(byte[] hash, int hashOffset, byte[] buffer, int offset, int length)
        {
            SHA256.HashData(buffer.AsSpan(offset, length), hash.AsSpan(hashOffset));
            return 0;
        }

        public int KeyPair(byte[] privateKey, int privateKeyOffset, byte[] publicKey, int publicKeyOffset)
        {
            try
            {
                using ECDiffieHellman pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
                ECParameters parameters = pair.ExportParameters(true);
                parameters.D.CopyTo(privateKey, privateKeyOffset);
                CryptographicOperations.ZeroMemory(parameters.D);
                publicKey[publicKeyOffset] = 4;
                parameters.Q.X.CopyTo(publicKey, publicKeyOffset + 1);
                parameters.Q.Y.CopyTo(publicKey, publicKeyOffset + 1 + P256.ScalarLength);
                return 0;
            }
            catch (Exception e) when (IsExpected(e))
            {
                return MatterError.InvalidState;
            }
        }

        public int Ecdh(byte[] secret, int secretOffset, byte[] publicKey, int publicKeyOffset, byte[] privateKey, int privateKeyOffset)
        {
            try
            {
                using ECDiffieHellman own = ECDiffieHellman.Create(Private(privateKey, privateKeyOffset));
                using ECDiffieHellman peer = ECDiffieHellman.Create(Public(publicKey, publicKeyOffset));
                byte[] agreed = own.DeriveRawSecretAgreement(peer.PublicKey);
                agreed.CopyTo(secret, secretOffset);
                CryptographicOperations.ZeroMemory(agreed);
                return 0;
            }
            catch (Exception e) when (IsExpected(e))
            {
                return MatterError.InvalidState;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(_private);
            }
        }

        public int Sign(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] privateKey, int privateKeyOffset)
        {
            try
            {
                using ECDsa signer = ECDsa.Create(Private(privateKey, privateKeyOffset));
                return signer.TrySignHash(
                    hash.AsSpan(hashOffset, P256.ScalarLength), signature.AsSpan(signatureOffset, P256.SignatureLength),
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out _) ? 0 : MatterError.InvalidState;
            }
            catch (Exception e) when (IsExpected(e))
            {
                return MatterError.InvalidState;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(_private);
            }
        }

        public int Verify(byte[] signature, int signatureOffset, byte[] hash, int hashOffset, byte[] publicKey, int publicKeyOffset)
        {
            try
            {
                return UseVerifier(publicKey, publicKeyOffset).VerifyHash(
                    hash.AsSpan(hashOffset, P256.ScalarLength), signature.AsSpan(signatureOffset, P256.SignatureLength),
                    DSASignatureFormat.IeeeP1363FixedFieldConcatenation) ? 0 : MatterError.AuthenticationFailed;
            }
            catch (Exception e) when (IsExpected(e))
            {
                return MatterError.InvalidState;
            }
        }

        // Without the public key, as .NET would check by a multiplication that they belong together.
        private ECParameters Private(byte[] key, int offset)
        {
            key.AsSpan(offset, P256.ScalarLength).CopyTo(_private);
            return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = _private };
        }

        private static ECParameters Public(byte[] key, int offset)
        {
            return new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = key.AsSpan(offset + 1, P256.ScalarLength).ToArray(),
                    Y = key.AsSpan(offset + 1 + P256.ScalarLength, P256.ScalarLength).ToArray(),
                },
            };
        }

        private static bool IsExpected(Exception e)
        {
            return e is CryptographicException || e is PlatformNotSupportedException;
        }

        private AesKey UseKey(byte[] key, int keyOffset)
        {
            int at = 0;
            while (at < AesKeys - 1 && _keys[at] != null && !_keys[at].Is(key, keyOffset))
                at++;
            AesKey found = _keys[at];
            if (found == null || !found.Is(key, keyOffset))
            {
                if (found != null)
                    found.Dispose();
                found = new AesKey(_aes, key, keyOffset, _zeros);
            }
            for (; at > 0; at--)
                _keys[at] = _keys[at - 1];
            _keys[0] = found;
            return found;
        }

        // Reading a public key takes as long as verifying by it, and roots and controllers come again.
        private ECDsa UseVerifier(byte[] key, int offset)
        {
            ReadOnlySpan<byte> wanted = key.AsSpan(offset, P256.PointLength);
            int at = 0;
            while (at < PublicKeys - 1 && _verifiers[at] != null && !wanted.SequenceEqual(_verifierKeys[at]))
                at++;
            ECDsa found = _verifiers[at];
            byte[] foundKey = _verifierKeys[at];
            if (found == null || !wanted.SequenceEqual(foundKey))
            {
                ECDsa next = ECDsa.Create(Public(key, offset));
                if (found != null)
                    found.Dispose();
                found = next;
                foundKey = wanted.ToArray();
            }
            for (; at > 0; at--)
            {
                _verifiers[at] = _verifiers[at - 1];
                _verifierKeys[at] = _verifierKeys[at - 1];
            }
            _verifiers[0] = found;
            _verifierKeys[0] = foundKey;
            return found;
        }

        /// <summary>One key, expanded by the platform for both modes.</summary>
        private sealed class AesKey : IDisposable
        {
            private readonly byte[] _key = GC.AllocateArray<byte>(BlockLength, true);

            public AesKey(Aes aes, byte[] key, int keyOffset, byte[] zeroVector)
            {
                key.AsSpan(keyOffset, BlockLength).CopyTo(_key);
                aes.Mode = CipherMode.ECB;
                Ecb = aes.CreateEncryptor(_key, null);
                aes.Mode = CipherMode.CBC;
                Cbc = aes.CreateEncryptor(_key, zeroVector);
            }

            public ICryptoTransform Ecb { get; }

            public ICryptoTransform Cbc { get; }

            public bool Is(byte[] key, int keyOffset)
            {
                return CryptographicOperations.FixedTimeEquals(_key, key.AsSpan(keyOffset, BlockLength));
            }

            public void Dispose()
            {
                CryptographicOperations.ZeroMemory(_key);
                Ecb.Dispose();
                Cbc.Dispose();
            }
        }
    }
}
