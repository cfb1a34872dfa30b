using System;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// SPAKE2+ verifier role over P-256 as Matter uses it (Matter Core 3.10, draft-bar-cfrg-spake2plus-01): pB, cB and Ke
    /// from the stored verifier w0 ‖ L and the prover's pA; both identities are empty. Runs in bounded steps on the P-256
    /// engine, which the caller has acquired.
    /// </summary>
    public sealed partial class Spake2Plus
    {
        /// <summary>Length of a verifier w0 ‖ L in bytes.</summary>
        public const int VerifierLength = 97;

        /// <summary>Length of Ke in bytes.</summary>
        public const int KeyLength = 16;

        private const int ScalarLength = P256.ScalarLength;
        private const int PointLength = P256.PointLength;
        private const int MacLength = Hmac.MacLength;
        private const int SaltedLength = 40;

        private const int Idle = 0;
        private const int ComputeL = 1;
        private const int BeginZ = 2;
        private const int ComputeDifference = 3;
        private const int BeginProduct = 4;
        private const int ComputeZ = 5;
        private const int BeginPB = 6;
        private const int ComputePB = 7;
        private const int BeginV = 8;
        private const int ComputeV = 9;
        private const int HashTranscript = 10;
        private const int ExtractKeys = 11;
        private const int ExpandKeys = 12;
        private const int ConfirmB = 13;
        private const int ConfirmA = 14;
        private const int Answered = 15;

        // Points without known logarithm (draft-bar-cfrg-spake2plus-01, section 4).
        private static readonly byte[] M =
        {
            0x04, 0x88, 0x6e, 0x2f, 0x97, 0xac, 0xe4, 0x6e, 0x55, 0xba, 0x9d, 0xd7, 0x24, 0x25, 0x79, 0xf2, 0x99,
            0x3b, 0x64, 0xe1, 0x6e, 0xf3, 0xdc, 0xab, 0x95, 0xaf, 0xd4, 0x97, 0x33, 0x3d, 0x8f, 0xa1, 0x2f,
            0x5f, 0xf3, 0x55, 0x16, 0x3e, 0x43, 0xce, 0x22, 0x4e, 0x0b, 0x0e, 0x65, 0xff, 0x02, 0xac, 0x8e,
            0x5c, 0x7b, 0xe0, 0x94, 0x19, 0xc7, 0x85, 0xe0, 0xca, 0x54, 0x7d, 0x55, 0xa1, 0x2e, 0x2d, 0x20
        };

        private static readonly byte[] N =
        {
            0x04, 0xd8, 0xbb, 0xd6, 0xc6, 0x39, 0xc6, 0x29, 0x37, 0xb0, 0x4d, 0x99, 0x7f, 0x38, 0xc3, 0x77, 0x07,
            0x19, 0xc6, 0x29, 0xd7, 0x01, 0x4d, 0x49, 0xa2, 0x4b, 0x4f, 0x98, 0xba, 0xa1, 0x29, 0x2b, 0x49,
            0x07, 0xd6, 0x0a, 0xa6, 0xbf, 0xad, 0xe4, 0x50, 0x08, 0xa6, 0x36, 0x33, 0x7f, 0x51, 0x68, 0xc6,
            0x4d, 0x9b, 0xd3, 0x60, 0x34, 0x80, 0x8c, 0xd5, 0x64, 0x49, 0x0b, 0x1e, 0x65, 0x6e, 0xdb, 0xe7
        };

        // "ConfirmationKeys" and the counter of HKDF's first block.
        private static readonly byte[] ConfirmationInfo =
        {
            0x43, 0x6f, 0x6e, 0x66, 0x69, 0x72, 0x6d, 0x61, 0x74, 0x69, 0x6f, 0x6e, 0x4b, 0x65, 0x79, 0x73, 1
        };

        private readonly CryptoSuite _crypto;
        private readonly Sha256 _transcript;
        private readonly byte[] _pA = new byte[PointLength];
        private readonly byte[] _pB = new byte[PointLength];
        private readonly byte[] _point = new byte[PointLength];
        private readonly byte[] _v = new byte[PointLength];
        private readonly byte[] _scalar = new byte[ScalarLength];
        private readonly byte[] _product = new byte[ScalarLength];
        private readonly byte[] _keys = new byte[2 * KeyLength];
        private readonly byte[] _confirmationKeys = new byte[2 * KeyLength];
        private readonly byte[] _cA = new byte[MacLength];
        private readonly byte[] _cB = new byte[MacLength];
        private readonly byte[] _length = new byte[8];

        private int _state;
        private int _result = MatterError.InvalidState;
        private byte[] _verifier;
        private int _verifierOffset;

        /// <summary>Creates the verifier role: about 1.5 kB.</summary>
        /// <param name="crypto">The node's primitives.</param>
        public Spake2Plus(CryptoSuite crypto)
        {
            _crypto = crypto;
            _transcript = crypto.SteppedSha256;
        }

        /// <summary>Begins to answer pA with a fresh y: the prepared one or one drawn by <see cref="P256Order.Draw"/> before anything else.</summary>
        /// <param name="context">Holds the context, in Matter a SHA-256 hash; not kept.</param>
        /// <param name="contextOffset">First byte.</param>
        /// <param name="contextLength">Length in bytes; in Matter 32.</param>
        /// <param name="verifier">Holds w0 ‖ L, 97 bytes; read while running, not kept.</param>
        /// <param name="verifierOffset">First byte.</param>
        /// <param name="pA">Holds the prover's 65 bytes; copied.</param>
        /// <param name="pAOffset">First byte.</param>
        public void BeginAnswer(
            byte[] context, int contextOffset, int contextLength,
            byte[] verifier, int verifierOffset, byte[] pA, int pAOffset)
        {
            Wipe();
            Array.Copy(pA, pAOffset, _pA, 0, PointLength);
            _verifier = verifier;
            _verifierOffset = verifierOffset;
            int result = TakePrepared();
            if (result < 0)
            {
                End(result);
                return;
            }

            _transcript.Start();
            AddToTranscript(context, contextOffset, contextLength);
            AddToTranscript(context, 0, 0);
            AddToTranscript(context, 0, 0);
            AddToTranscript(M, 0, PointLength);
            AddToTranscript(N, 0, PointLength);
            AddToTranscript(_pA, 0, PointLength);
            _state = BeginZ;
        }

        /// <summary>Begins to compute a verifier w0 ‖ L from a passcode (Matter Core 3.10.3): slow, start-up and tools only.</summary>
        /// <param name="verifier">Receives 97 bytes.</param>
        /// <param name="verifierOffset">Where they go.</param>
        /// <param name="passcode">The setup passcode.</param>
        /// <param name="salt">Holds the salt.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">16 to 32 bytes.</param>
        /// <param name="iterations">1000 to 100000.</param>
        public void BeginVerifier(byte[] verifier, int verifierOffset, uint passcode, byte[] salt, int saltOffset, int saltLength, int iterations)
        {
            Wipe();
            var password = new byte[] { (byte)passcode, (byte)(passcode >> 8), (byte)(passcode >> 16), (byte)(passcode >> 24) };
            var salted = new byte[2 * SaltedLength];
            _crypto.KeyDerivation.Pbkdf2(salted, 0, 2 * SaltedLength, password, 0, 4, salt, saltOffset, saltLength, iterations);
            _crypto.Order.Reduce(_product, 0, salted, 0, SaltedLength);
            _crypto.Order.Reduce(_scalar, 0, salted, SaltedLength, SaltedLength);
            Array.Clear(password, 0, 4);
            Array.Clear(salted, 0, 2 * SaltedLength);
            _verifier = verifier;
            _verifierOffset = verifierOffset;
            _crypto.P256.BeginPublicKey(_point, 0, _scalar, 0);
            _state = ComputeL;
        }

        /// <summary>Does a bounded part of what was begun.</summary>
        /// <returns>
        /// <see cref="P256.Running"/>, 0 when done, <see cref="MatterError.InvalidPoint"/> for a bad pA or verifier,
        /// <see cref="MatterError.OutOfRange"/> for a broken source of randomness,
        /// <see cref="MatterError.InvalidState"/> if nothing was begun.
        /// </returns>
        public int Step()
        {
            if (_state == Idle || _state == Answered) return _result;
            Hmac hmac = _crypto.Hmac;
            switch (_state)
            {
                case ComputeL:
                case ComputeDifference:
                case ComputeZ:
                case ComputePB:
                case ComputeV:
                    int result = _crypto.P256.Step();
                    if (result == P256.Running) return result;
                    if (result < 0) return End(result);
                    if (_state != ComputeL) break;
                    Array.Copy(_product, 0, _verifier, _verifierOffset, ScalarLength);
                    Array.Copy(_point, 0, _verifier, _verifierOffset + ScalarLength, PointLength);
                    return End(0);
                case BeginZ:
                    // Z = y (pA - w0 M) comes first, as a bad pA ends it at once.
                    if ((_prepared & HasMinusW0M) != 0)
                    {
                        _crypto.P256.BeginMultiplyAdd(_point, 0, null, 0, _pA, 0, null, 0, _minusW0M, 0);
                        break;
                    }

                    _crypto.Order.Multiply(_product, 0, _scalar, 0, _verifier, _verifierOffset);
                    _crypto.Order.Negate(_product, 0, _product, 0);
                    _crypto.P256.BeginMultiplyAdd(_point, 0, _scalar, 0, _pA, 0, _product, 0, M, 0);
                    _state = ComputeZ;
                    return P256.Running;
                case BeginProduct:
                    _crypto.P256.BeginMultiplyAdd(_point, 0, _scalar, 0, _point, 0, null, 0, null, 0);
                    break;
                case BeginPB:
                    if ((_taken & HasPB) == 0) BeginPublic(_pB, _scalar, _verifier, _verifierOffset);
                    else _state = ComputePB;
                    break;
                case BeginV:
                    AddToTranscript(_pB, 0, PointLength);
                    AddToTranscript(_point, 0, PointLength);
                    if ((_taken & HasV) == 0) _crypto.P256.BeginMultiplyAdd(_v, 0, _scalar, 0, _verifier, _verifierOffset + ScalarLength, null, 0, null, 0);
                    else _state = ComputeV;
                    break;
                case HashTranscript:
                    AddToTranscript(_v, 0, PointLength);
                    AddToTranscript(_verifier, _verifierOffset, ScalarLength);
                    _transcript.Finish(_keys, 0);
                    break;
                case ExtractKeys:
                    // HKDF in two steps: at once it would take longer than a step may.
                    hmac.Start(_keys, 0, 0);
                    hmac.Update(_keys, 0, KeyLength);
                    hmac.Finish(_product, 0);
                    break;
                case ExpandKeys:
                    hmac.Start(_product, 0, MacLength);
                    hmac.Update(ConfirmationInfo, 0, ConfirmationInfo.Length);
                    hmac.Finish(_confirmationKeys, 0);
                    break;
                case ConfirmB:
                    hmac.Start(_confirmationKeys, KeyLength, KeyLength);
                    hmac.Update(_pA, 0, PointLength);
                    hmac.Finish(_cB, 0);
                    break;
                default:
                    hmac.Start(_confirmationKeys, 0, KeyLength);
                    hmac.Update(_pB, 0, PointLength);
                    hmac.Finish(_cA, 0);
                    WipeSecrets();
                    _state = Answered;
                    _result = 0;
                    return 0;
            }

            _state++;
            return P256.Running;
        }

        /// <summary>Copies pB and cB once <see cref="BeginAnswer"/> has run to its end.</summary>
        /// <param name="pB">Receives 65 bytes.</param>
        /// <param name="pBOffset">Where they go.</param>
        /// <param name="cB">Receives 32 bytes.</param>
        /// <param name="cBOffset">Where they go.</param>
        public void GetAnswer(byte[] pB, int pBOffset, byte[] cB, int cBOffset)
        {
            Array.Copy(_pB, 0, pB, pBOffset, PointLength);
            Array.Copy(_cB, 0, cB, cBOffset, MacLength);
        }

        /// <summary>Checks the prover's confirmation in constant time and hands out Ke; wipes the rest either way.</summary>
        /// <param name="key">Receives Ke, 16 bytes, if cA is right.</param>
        /// <param name="keyOffset">Where it goes.</param>
        /// <param name="cA">Holds the prover's 32 bytes.</param>
        /// <param name="cAOffset">First byte.</param>
        /// <returns>0 or <see cref="MatterError.AuthenticationFailed"/>; that too if there is no answer to confirm.</returns>
        public int Confirm(byte[] key, int keyOffset, byte[] cA, int cAOffset)
        {
            bool confirmed = _state == Answered && ConstantTime.Equals(_cA, 0, cA, cAOffset, MacLength);
            if (confirmed) Array.Copy(_keys, KeyLength, key, keyOffset, KeyLength);
            Wipe();
            return confirmed ? 0 : MatterError.AuthenticationFailed;
        }

        /// <summary>Forgets everything of its own: the owner of the engine releases it beside that.</summary>
        public void Wipe()
        {
            End(MatterError.InvalidState);
        }

        private int End(int result)
        {
            WipeSecrets();
            Array.Clear(_keys, 0, _keys.Length);
            Array.Clear(_cA, 0, MacLength);
            Array.Clear(_cB, 0, MacLength);
            _state = Idle;
            _result = result;
            return result;
        }

        // All but Ke, the confirmations and the public points.
        private void WipeSecrets()
        {
            Array.Clear(_point, 0, PointLength);
            Array.Clear(_v, 0, PointLength);
            Array.Clear(_scalar, 0, ScalarLength);
            Array.Clear(_product, 0, ScalarLength);
            Array.Clear(_confirmationKeys, 0, _confirmationKeys.Length);
            Array.Clear(_keys, 0, KeyLength);
            _verifier = null;
        }

        // y G + w0 N
        private void BeginPublic(byte[] pB, byte[] scalar, byte[] verifier, int verifierOffset)
        {
            if ((_prepared & HasW0N) != 0) _crypto.P256.BeginMultiplyAdd(pB, 0, scalar, 0, null, 0, null, 0, _w0N, 0);
            else _crypto.P256.BeginMultiplyAdd(pB, 0, scalar, 0, null, 0, verifier, verifierOffset, N, 0);
        }

        private void AddToTranscript(byte[] bytes, int offset, int length)
        {
            _length[0] = (byte)length;
            _transcript.Update(_length, 0, 8);
            _transcript.Update(bytes, offset, length);
        }
    }
}
