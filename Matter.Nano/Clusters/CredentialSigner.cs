using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// The signed answers of Operational Credentials (Matter Core 11.18.4): attestation elements and CSR elements signed
    /// with the device attestation key, vendor id verification signed with the operational key. In bounded steps.
    /// </summary>
    internal sealed class CredentialSigner
    {
        public const int NonceLength = DeviceAttestation.NonceLength;

        private const int Idle = 0;
        private const int Attestation = 1;
        private const int SigningRequest = 2;
        private const int VendorVerification = 3;

        private const byte FabricBindingVersion = 1;

        // Few, as each step may have to decode the elements first.
        private const int HashedPerStep = 4 * Sha256.BlockLength;

        private readonly CryptoSuite _crypto;
        private readonly DeviceAttestation _attestation;
        private readonly FabricTable _fabrics;
        private readonly FailSafe _failSafe;
        private readonly byte[] _nonce = new byte[NonceLength];
        private readonly byte[] _hash = new byte[Sha256.HashLength];
        private readonly byte[] _signature = new byte[P256.SignatureLength];
        private int _kind;
        private int _hashed;
        private int _fabricIndex;
        private bool _isSigning;

        public CredentialSigner(CryptoSuite crypto, DeviceAttestation attestation, FabricTable fabrics, FailSafe failSafe)
        {
            _crypto = crypto;
            _attestation = attestation;
            _fabrics = fabrics;
            _failSafe = failSafe;
        }

        /// <summary>Begins an AttestationResponse.</summary>
        public void BeginAttestation(byte[] buffer, int nonceOffset)
        {
            Begin(Attestation, buffer, nonceOffset);
        }

        /// <summary>Begins a CSRResponse for the request that the fail-safe has ready.</summary>
        public void BeginSigningRequest(byte[] buffer, int nonceOffset)
        {
            Begin(SigningRequest, buffer, nonceOffset);
        }

        /// <summary>Begins a SignVIDVerificationResponse for a fabric that exists.</summary>
        public void BeginVendorVerification(byte[] buffer, int challengeOffset, int fabricIndex)
        {
            Begin(VendorVerification, buffer, challengeOffset);
            _fabricIndex = fabricIndex;
        }

        /// <summary>Goes on; once done writes the fields of the response.</summary>
        public int Continue(TlvWriter response, Session session)
        {
            P256 curve = _crypto.P256;
            if (!curve.TryAcquire(this))
            {
                return ImStatus.Pending;
            }

            if (!_isSigning)
            {
                bool goesOn = _kind == VendorVerification ? BeginVendorSignature(session) : HashElements(session);
                return goesOn ? ImStatus.Pending : Fail();
            }

            int result = _kind == VendorVerification ? curve.Step() : _attestation.Step();
            if (result == P256.Running)
            {
                return ImStatus.Pending;
            }

            if (result < 0)
            {
                return Fail();
            }

            if (_kind == VendorVerification)
            {
                response.PutUnsigned(0, (ulong)_fabricIndex);
                response.PutUnsigned(1, FabricBindingVersion);
                response.PutBytes(2, _signature, 0, P256.SignatureLength);
            }
            else
            {
                response.PutBytes(0, _fabrics.Scratch, 0, WriteElements());
                response.PutBytes(1, _attestation.Signature, 0, P256.SignatureLength);
            }

            Cancel();
            return ImStatus.Success;
        }

        /// <summary>Forgets what was begun.</summary>
        public void Cancel()
        {
            _kind = Idle;
            _crypto.Release(this);
        }

        private void Begin(int kind, byte[] buffer, int nonceOffset)
        {
            Array.Copy(buffer, nonceOffset, _nonce, 0, NonceLength);
            _kind = kind;
            _hashed = 0;
            _isSigning = false;
        }

        private int Fail()
        {
            Cancel();
            return ImStatus.Failure;
        }

        private bool BeginVendorSignature(Session session)
        {
            Fabric fabric = _fabrics.Find(_fabricIndex);
            if (fabric == null)
            {
                return false;
            }

            int length = WriteVendorVerification(fabric, session);
            _crypto.Sha256.Hash(_hash, 0, _fabrics.Scratch, 0, length);
            _crypto.P256.BeginSign(_signature, 0, _hash, 0, fabric.PrivateKey, 0);
            _isSigning = true;
            return true;
        }

        // Hashes the elements in parts, then has the signature begin.
        private bool HashElements(Session session)
        {
            Sha256 sha = _crypto.SteppedSha256;
            int length = WriteElements();
            if (length < 0)
            {
                return false;
            }

            if (_hashed == 0)
            {
                sha.Start();
            }

            int part = length - _hashed;
            if (part > HashedPerStep)
            {
                part = HashedPerStep;
            }

            sha.Update(_fabrics.Scratch, _hashed, part);
            _hashed += part;
            if (_hashed == length)
            {
                sha.Update(session.Keys, Session.AttestationChallengeOffset, DeviceAttestation.ChallengeLength);
                _attestation.BeginSign(sha);
                _isSigning = true;
            }

            return true;
        }

        // Writes the elements into the scratch, where they don't stay: the same bytes in each step and in the answer.
        private int WriteElements()
        {
            byte[] scratch = _fabrics.Scratch;
            return _kind == Attestation
                ? _attestation.WriteElements(scratch, 0, DeviceAttestation.MaxElementsLength, _nonce, 0, 0)
                : _failSafe.Credentials.Request.WriteElements(scratch, 0, DeviceAttestation.MaxElementsLength, _nonce, 0);
        }

        /// <summary>The vendor-id-verification-tbs of Matter Core 6.4.10: big-endian, not TLV.</summary>
        private int WriteVendorVerification(Fabric fabric, Session session)
        {
            byte[] elements = _fabrics.Scratch;
            int length = 0;
            elements[length++] = FabricBindingVersion;
            length = Append(length, _nonce, 0, NonceLength);
            length = Append(length, session.Keys, Session.AttestationChallengeOffset, DeviceAttestation.ChallengeLength);
            elements[length++] = (byte)fabric.Index;
            elements[length++] = FabricBindingVersion;
            length = Append(length, fabric.RootCertificate, fabric.RootPublicKeyOffset, P256.PointLength);
            for (int shift = 56; shift >= 0; shift -= 8)
            {
                elements[length++] = (byte)(fabric.FabricId >> shift);
            }

            elements[length++] = (byte)(fabric.VendorId >> 8);
            elements[length++] = (byte)fabric.VendorId;
            return Append(length, fabric.VerificationStatement, 0, fabric.VerificationStatement.Length);
        }

        private int Append(int position, byte[] source, int offset, int length)
        {
            Array.Copy(source, offset, _fabrics.Scratch, position, length);
            return position + length;
        }
    }
}
