using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    /// <summary>
    /// The primitives one node works with, each with scratch of its own; nothing static, so two nodes in one process share
    /// none. <see cref="P256"/>, <see cref="SteppedSha256"/> and what AesCcm.BeginSeal or BeginOpen begins belong over several
    /// Polls to whoever has acquired the engine; everything else is free again when its call (Start to Finish) is over.
    /// </summary>
    public sealed class CryptoSuite
    {
        /// <summary>The turn of commands that compute.</summary>
        public const int CommandTurn = 0;

        /// <summary>The turn of the first handshake; the others follow, 30 in all at most.</summary>
        public const int FirstHandshakeTurn = 1;

        private int _claims;        // who wanted the turn since the last BeginTurn, a bit each
        private int _turn;          // the bit of whose it is; 0 for whoever comes first
        private bool _isTurnTaken;

        /// <summary>Creates the primitives.</summary>
        /// <param name="random">The platform's secure random source.</param>
        /// <param name="accelerator">The platform's AES and HMAC or null.</param>
        public CryptoSuite(IRandom random, ICryptoAccelerator accelerator)
            : this(random, accelerator, null)
        {
        }

        /// <summary>Creates the primitives for a platform that has a cryptographic library.</summary>
        /// <param name="random">The platform's secure random source.</param>
        /// <param name="accelerator">The platform's AES and HMAC or null.</param>
        /// <param name="library">The platform's SHA-256 and P-256 or null.</param>
        public CryptoSuite(IRandom random, ICryptoAccelerator accelerator, ICryptoLibrary library)
        {
            Random = random;
            Sha256 = new Sha256(library);
            Hmac = new Hmac(accelerator);
            KeyDerivation = new KeyDerivation(Hmac);
            AesCcm = new AesCcm(accelerator);
            P256 = new P256(random, library);
            Order = new P256Order();
        }

        /// <summary>The secure random source.</summary>
        public IRandom Random { get; }

        /// <summary>One-shot hashes; a transcript that spans messages owns its own.</summary>
        public Sha256 Sha256 { get; }

        /// <summary>A hash that goes on over several Polls: it belongs to whoever holds the engine.</summary>
        public Sha256 SteppedSha256 { get; } = new Sha256();

        /// <summary>HMAC-SHA256.</summary>
        public Hmac Hmac { get; }

        /// <summary>HKDF and PBKDF2.</summary>
        public KeyDerivation KeyDerivation { get; }

        /// <summary>AES-128-CCM.</summary>
        public AesCcm AesCcm { get; }

        /// <summary>The elliptic-curve engine.</summary>
        public P256 P256 { get; }

        /// <summary>Scalars modulo n.</summary>
        public P256Order Order { get; }

        /// <summary>
        /// A Poll begins: one step may be computed in it, by one of those who wanted to in the Poll before, in rotation.
        /// </summary>
        public void BeginTurn()
        {
            int claims = _claims;
            int above = claims & -(_turn << 1);
            _turn = above != 0 ? above & -above : claims & -claims;
            _claims = 0;
            _isTurnTaken = false;
        }

        /// <summary>Whoever computes in steps asks before each one, so that one Poll makes one step, whatever goes on at once.</summary>
        /// <param name="who"><see cref="CommandTurn"/>, or <see cref="FirstHandshakeTurn"/> or above.</param>
        /// <returns>False if it is another's turn: to ask again at the next Poll, at once.</returns>
        public bool TakeTurn(int who)
        {
            int claim = 1 << who;
            _claims |= claim;
            if (_isTurnTaken || _turn != 0 && _turn != claim) return false;
            _isTurnTaken = true;
            return true;
        }

        /// <summary>Gives the engine back and wipes all that belongs to who holds it; nothing happens if it is not the owner's.</summary>
        /// <param name="owner">Whoever acquired it.</param>
        public void Release(object owner)
        {
            if (!P256.IsOwner(owner)) return;
            SteppedSha256.Wipe();
            AesCcm.Cancel();
            P256.Release(owner);
        }
    }
}
