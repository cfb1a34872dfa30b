using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    // Chains that held, by the array of the root and the hash of the other certificates as given, with what was read in them.
    // What depends on more than these bytes, which is the time, is judged anew.
    public sealed partial class CertificateChain
    {
        private const int RememberedChains = 4;

        private const int Recalling = 7;

        // In a row's numbers.
        private const int NodeIdNumber = 0;
        private const int FabricIdNumber = 1;
        private const int NotBeforeNumber = 2;
        private const int NotAfterNumber = 3;
        private const int KeyNumber = 4;
        private const int TagsNumber = 5;
        private const int NumbersLength = TagsNumber + DistinguishedName.MaxCaseAuthenticatedTags;

        private readonly byte[] _chain = new byte[HashLength];
        private readonly byte[] _chains = new byte[RememberedChains * HashLength];
        private readonly byte[][] _roots = new byte[RememberedChains][];
        private readonly ulong[] _numbers = new ulong[RememberedChains * NumbersLength];
        private int _nextChain;
        private bool _isRemembering;
        private uint _notBefore;

        /// <summary>
        /// Like <see cref="Begin"/>, for a peer: if its chain held before, by every byte, only the time is looked at, and
        /// <see cref="Root"/> is not set.
        /// </summary>
        /// <param name="root">Root certificate in Matter TLV, itself already trusted. Whoever changes one makes a new array.</param>
        /// <param name="icac">Array with the intermediate certificate in Matter TLV.</param>
        /// <param name="icacOffset">First byte.</param>
        /// <param name="icacLength">Length in bytes; 0 for none.</param>
        /// <param name="noc">Array with the NOC in Matter TLV.</param>
        /// <param name="nocOffset">First byte.</param>
        /// <param name="nocLength">Length in bytes.</param>
        /// <param name="certificates">A running hash that tells NOC and ICAC from all others, with their lengths; unchanged.</param>
        public void BeginPeer(
            byte[] root, byte[] icac, int icacOffset, int icacLength, byte[] noc, int nocOffset, int nocLength, Sha256 certificates)
        {
            Begin(root, 0, root.Length, icac, icacOffset, icacLength, noc, nocOffset, nocLength);
            _isRemembering = true;
            _state = Recalling;
            _crypto.Sha256.CopyFrom(certificates);
            _crypto.Sha256.Finish(_chain, 0);
        }

        /// <summary>Forgets what held: when a fabric goes.</summary>
        public void Forget()
        {
            Array.Clear(_chains, 0, _chains.Length);
            Array.Clear(_roots, 0, RememberedChains);
            Array.Clear(_verified, 0, _verified.Length);
        }

        private int Recall()
        {
            int row = FindChain();
            bool holds = row >= 0 && TakeChain(row * NumbersLength);
            _state = holds ? Done : ReadRoot;
            return holds ? 0 : P256.Running;
        }

        private int FindChain()
        {
            for (int i = 0; i < RememberedChains; i++)
            {
                if (_roots[i] == _rootBuffer && ConstantTime.Equals(_chains, i * HashLength, _chain, 0, HashLength)) return i;
            }
            return -1;
        }

        private void Remember()
        {
            int row = _nextChain;
            _nextChain = (row + 1) % RememberedChains;
            Array.Copy(_chain, 0, _chains, row * HashLength, HashLength);
            _roots[row] = _rootBuffer;
            ulong[] numbers = _numbers;
            int at = row * NumbersLength;
            numbers[at + NodeIdNumber] = NodeId;
            numbers[at + FabricIdNumber] = FabricId;
            numbers[at + NotBeforeNumber] = _notBefore;
            numbers[at + NotAfterNumber] = NotAfter;
            numbers[at + KeyNumber] = (ulong)(PublicKeyOffset - _nocOffset);
            for (int i = 0; i < CaseAuthenticatedTags.Length; i++) numbers[at + TagsNumber + i] = CaseAuthenticatedTags[i];
        }

        // False if it is not valid now: then the long way has the last word.
        private bool TakeChain(int at)
        {
            ulong[] numbers = _numbers;
            uint notAfter = (uint)numbers[at + NotAfterNumber];
            if (EffectiveTime != 0 && (EffectiveTime < numbers[at + NotBeforeNumber] || notAfter != 0 && EffectiveTime > notAfter)) return false;
            NodeId = numbers[at + NodeIdNumber];
            FabricId = numbers[at + FabricIdNumber];
            NotAfter = notAfter;
            PublicKeyOffset = _nocOffset + (int)numbers[at + KeyNumber];
            for (int i = 0; i < CaseAuthenticatedTags.Length; i++) CaseAuthenticatedTags[i] = (uint)numbers[at + TagsNumber + i];
            return true;
        }
    }
}
