using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// Whether and how PASE is possible now (Matter Core 5.4.2.3, 11.19). A node without fabrics opens a window at start
    /// and again when it loses its last fabric; later ones are opened by an administrator.
    /// </summary>
    public sealed class CommissioningWindow : IFabricListener
    {
        /// <summary>WindowStatus: not open.</summary>
        public const int NotOpen = 0;

        /// <summary>WindowStatus: open with an administrator's verifier.</summary>
        public const int Enhanced = 1;

        /// <summary>WindowStatus: open with the device's own passcode.</summary>
        public const int Basic = 2;

        /// <summary>AdministratorCommissioning StatusCode: a window is open or the fail-safe is armed.</summary>
        public const int Busy = 2;

        /// <summary>AdministratorCommissioning StatusCode: verifier, discriminator, iterations or salt out of range.</summary>
        public const int PakeParameterError = 3;

        /// <summary>AdministratorCommissioning StatusCode: there is no window to revoke.</summary>
        public const int WindowNotOpen = 4;

        /// <summary>Shortest time of a window that an administrator opens, in seconds.</summary>
        public const int MinTimeoutSeconds = 180;

        /// <summary>Longest time of a window that an administrator opens, in seconds.</summary>
        public const int MaxTimeoutSeconds = 900;

        /// <summary>PASE attempts that may fail before the window closes.</summary>
        public const int MaxFailures = 20;

        private const int MaxDiscriminator = 0xFFF;
        private const int MinIterations = 1000;
        private const int MaxIterations = 100000;
        private const int MinSaltLength = 16;
        private const int MaxSaltLength = 32;

        private readonly FabricTable _fabrics;
        private readonly int _ownDiscriminator;
        private readonly byte[] _ownVerifier = new byte[Spake2Plus.VerifierLength];
        private readonly byte[] _ownSalt;
        private readonly int _ownIterations;
        private readonly byte[] _verifier = new byte[Spake2Plus.VerifierLength];
        private readonly byte[] _salt = new byte[MaxSaltLength];
        private readonly ICommissioningWindowListener[] _listeners = new ICommissioningWindowListener[Limits.Listeners];
        private int _listenerCount;

        private int _mode;
        private bool _isByAdministrator;
        private bool _isPaused;
        private int _discriminator;
        private int _iterations;
        private int _saltLength;
        private int _failures;
        private long _deadline = long.MaxValue;

        /// <summary>Creates the window, closed.</summary>
        /// <param name="fabrics">The node's fabrics.</param>
        /// <param name="discriminator">The device's own discriminator, 12 bits.</param>
        /// <param name="verifier">The device's own verifier w0 ‖ L, 97 bytes; copied.</param>
        /// <param name="salt">The salt that it was made with, 16 to 32 bytes; copied.</param>
        /// <param name="iterations">The iterations that it was made with, 1000 to 100000.</param>
        public CommissioningWindow(FabricTable fabrics, int discriminator, byte[] verifier, byte[] salt, int iterations)
        {
            if (verifier.Length != Spake2Plus.VerifierLength || !IsValid(discriminator, iterations, salt.Length)) throw new ArgumentException("verifier");
            _fabrics = fabrics;
            _ownDiscriminator = discriminator;
            _ownIterations = iterations;
            _ownSalt = (byte[])salt.Clone();
            Array.Copy(verifier, 0, _ownVerifier, 0, verifier.Length);
            fabrics.AddListener(this);
        }

        /// <summary>WindowStatus: one of <see cref="NotOpen"/>, <see cref="Enhanced"/>, <see cref="Basic"/>. The window of a node without fabrics does not show here.</summary>
        public int Status { get { return _isByAdministrator ? _mode : NotOpen; } }

        /// <summary>
        /// True if PASE is possible: a window is open, and no commissioning runs that has the fail-safe armed. The moment
        /// to advertise the node as commissionable.
        /// </summary>
        public bool IsOpen { get { return _mode != NotOpen && !_isPaused; } }

        /// <summary>What to advertise as CM: 0 while not <see cref="IsOpen"/>, 2 for an administrator's verifier, else 1.</summary>
        public int CommissioningMode { get { return !IsOpen ? 0 : _mode == Enhanced ? 2 : 1; } }

        /// <summary>AdminFabricIndex: the fabric that opened the window; 0 for null.</summary>
        public int AdminFabricIndex { get; private set; }

        /// <summary>AdminVendorId: vendor of the fabric that opened the window; 0 for null.</summary>
        public int AdminVendorId { get; private set; }

        /// <summary>Discriminator to advertise, 12 bits.</summary>
        public int Discriminator { get { return _mode == Enhanced ? _discriminator : _ownDiscriminator; } }

        /// <summary>Verifier w0 ‖ L, 97 bytes, in force while open. Owned by the window.</summary>
        public byte[] Verifier { get { return _mode == Enhanced ? _verifier : _ownVerifier; } }

        /// <summary>PBKDF2 iterations in force.</summary>
        public int Iterations { get { return _mode == Enhanced ? _iterations : _ownIterations; } }

        /// <summary>PBKDF2 salt in force, <see cref="SaltLength"/> bytes. Owned by the window.</summary>
        public byte[] Salt { get { return _mode == Enhanced ? _salt : _ownSalt; } }

        /// <summary>Length of the salt, 16 to 32 bytes.</summary>
        public int SaltLength { get { return _mode == Enhanced ? _saltLength : _ownSalt.Length; } }

        /// <summary>
        /// How long a node without fabrics stays commissionable, in seconds: 900 by default; 0 for ever. More than 900
        /// takes Extended Discovery.
        /// </summary>
        public int InitialTimeoutSeconds { get; set; } = MaxTimeoutSeconds;

        /// <summary>Adds a listener; at start-up only.</summary>
        /// <param name="listener">Told of every change.</param>
        public void AddListener(ICommissioningWindowListener listener) { _listeners[_listenerCount++] = listener; }

        /// <summary>Opens the window of a node without fabrics with the device's own passcode; nothing happens if there are fabrics or a window is open.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void OpenInitial(long now)
        {
            if (_mode != NotOpen || !_fabrics.IsEmpty) return;
            _isByAdministrator = false;
            Open(Basic, InitialTimeoutSeconds, now);
        }

        /// <summary>Opens a window with an administrator's verifier (OpenCommissioningWindow).</summary>
        /// <param name="timeoutSeconds">180 to 900.</param>
        /// <param name="verifier">Holds the verifier; copied.</param>
        /// <param name="verifierOffset">First byte.</param>
        /// <param name="verifierLength">Length in bytes, 97.</param>
        /// <param name="discriminator">12 bits.</param>
        /// <param name="iterations">1000 to 100000.</param>
        /// <param name="salt">Holds the salt; copied.</param>
        /// <param name="saltOffset">First byte.</param>
        /// <param name="saltLength">Length in bytes, 16 to 32.</param>
        /// <param name="fabric">The administrator's fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, <see cref="Busy"/>, <see cref="PakeParameterError"/>, or <see cref="MatterError.OutOfRange"/> for the timeout.</returns>
        public int OpenEnhanced(
            int timeoutSeconds, byte[] verifier, int verifierOffset, int verifierLength,
            int discriminator, uint iterations, byte[] salt, int saltOffset, int saltLength, Fabric fabric, long now)
        {
            if (_mode != NotOpen || _isPaused) return Busy;
            if (timeoutSeconds < MinTimeoutSeconds || timeoutSeconds > MaxTimeoutSeconds) return MatterError.OutOfRange;
            if (verifierLength != Spake2Plus.VerifierLength || !IsValid(discriminator, iterations, saltLength)) return PakeParameterError;
            Array.Copy(verifier, verifierOffset, _verifier, 0, verifierLength);
            Array.Copy(salt, saltOffset, _salt, 0, saltLength);
            _saltLength = saltLength;
            _discriminator = discriminator;
            _iterations = (int)iterations;
            OpenFor(fabric, Enhanced, timeoutSeconds, now);
            return 0;
        }

        /// <summary>Opens a window with the device's own passcode (OpenBasicCommissioningWindow).</summary>
        /// <param name="timeoutSeconds">180 to 900.</param>
        /// <param name="fabric">The administrator's fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0, <see cref="Busy"/>, or <see cref="MatterError.OutOfRange"/>.</returns>
        public int OpenBasic(int timeoutSeconds, Fabric fabric, long now)
        {
            if (_mode != NotOpen || _isPaused) return Busy;
            if (timeoutSeconds < MinTimeoutSeconds || timeoutSeconds > MaxTimeoutSeconds) return MatterError.OutOfRange;
            OpenFor(fabric, Basic, timeoutSeconds, now);
            return 0;
        }

        /// <summary>Opens a window with the device's own passcode because somebody at the device asked for it; one that is open stays as it is.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="Busy"/> while a commissioning runs.</returns>
        public int OpenByUser(long now)
        {
            if (_isPaused) return Busy;
            if (_mode != NotOpen) return 0;
            _isByAdministrator = !_fabrics.IsEmpty;
            Open(Basic, MaxTimeoutSeconds, now);
            return 0;
        }

        /// <summary>Closes a window that an administrator opened (RevokeCommissioning). A commissioning that runs is for the fail-safe to end.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="WindowNotOpen"/>.</returns>
        public int Revoke(long now)
        {
            if (Status == NotOpen) return WindowNotOpen;
            Close(now);
            return 0;
        }

        /// <summary>Closes any window and wipes an administrator's verifier.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Close(long now)
        {
            if (_mode == NotOpen) return;
            _mode = NotOpen;
            _isByAdministrator = false;
            _deadline = long.MaxValue;
            AdminFabricIndex = 0;
            AdminVendorId = 0;
            Array.Clear(_verifier, 0, _verifier.Length);
            Tell(now);
        }

        /// <summary>Counts a failed PASE attempt; the twentieth closes the window.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void CountFailure(long now)
        {
            if (++_failures >= MaxFailures) Close(now);
        }

        /// <summary>Closes the window when its time is over.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (now >= _deadline) Close(now);
            return _deadline;
        }

        /// <summary>Nothing to do.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricAdded(Fabric fabric, long now)
        {
        }

        /// <summary>Nothing to do.</summary>
        /// <param name="fabric">The fabric.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricUpdated(Fabric fabric, long now)
        {
        }

        /// <summary>Forgets an administrator that is gone; without any, the node is commissionable as when new.</summary>
        /// <param name="fabricIndex">The index that it had.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricRemoved(int fabricIndex, long now)
        {
            if (AdminFabricIndex == fabricIndex)
            {
                AdminFabricIndex = 0;
                Tell(now);
            }
            OpenInitial(now);
        }

        /// <summary>While the fail-safe is armed no other commissioning can begin.</summary>
        internal void SetPaused(bool isPaused, long now)
        {
            if (_isPaused == isPaused) return;
            _isPaused = isPaused;
            if (_mode != NotOpen) Tell(now);
        }

        private static bool IsValid(int discriminator, long iterations, int saltLength)
        {
            return discriminator >= 0 && discriminator <= MaxDiscriminator
                && iterations >= MinIterations && iterations <= MaxIterations
                && saltLength >= MinSaltLength && saltLength <= MaxSaltLength;
        }

        private void OpenFor(Fabric fabric, int mode, int timeoutSeconds, long now)
        {
            AdminFabricIndex = fabric.Index;
            AdminVendorId = fabric.VendorId;
            _isByAdministrator = true;
            Open(mode, timeoutSeconds, now);
        }

        private void Open(int mode, int timeoutSeconds, long now)
        {
            _mode = mode;
            _failures = 0;
            _deadline = timeoutSeconds == 0 ? long.MaxValue : now + timeoutSeconds * 1000L;
            Tell(now);
        }

        private void Tell(long now)
        {
            for (int i = 0; i < _listenerCount; i++) _listeners[i].CommissioningWindowChanged(this, now);
        }
    }
}
