using Matter.Nano.Platform;

namespace Matter.Nano.Crypto
{
    // What the platform's library computes, if there is one: at once, so that the first Step has the result.
    public sealed partial class P256
    {
        private ICryptoLibrary _library;   // null: managed code only

        /// <summary>Creates an engine that leaves what it can to the platform's library.</summary>
        /// <param name="random">As above, for what is computed by managed code.</param>
        /// <param name="library">The platform's P-256 or null.</param>
        public P256(IRandom random, ICryptoLibrary library)
            : this(random)
        {
            _library = library;
        }

        /// <summary>Whether the library is in use: false without one, or once it has failed.</summary>
        public bool HasLibrary { get { return _library != null; } }

        // Ends the computation with the library's result; false if that is none and managed code is to go on without it.
        private bool EndByLibrary(int result)
        {
            if (result < 0 && result != MatterError.AuthenticationFailed)
            {
                _library = null;
                return false;
            }

            End(result);
            return true;
        }
    }
}
