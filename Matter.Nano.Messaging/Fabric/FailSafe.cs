using System;
using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>
    /// The fail-safe of the General Commissioning cluster. The credentials prepared under it work at once; CommissioningComplete persists
    /// them in one write, expiry takes them back.
    /// </summary>
    public sealed class FailSafe : IFabricListener
    {
        /// <summary>FailSafeExpiryLengthSeconds of BasicCommissioningInfo; what PASE arms the fail-safe for.</summary>
        public const int ExpiryLengthSeconds = 60;

        /// <summary>MaxCumulativeFailsafeSeconds of BasicCommissioningInfo: longest time from first arming to expiry.</summary>
        public const int MaxCumulativeSeconds = 900;

        private readonly FabricTable _fabrics;
        private readonly CommissioningWindow _window;
        private readonly IFailSafeListener[] _listeners = new IFailSafeListener[Limits.Listeners];
        private int _listenerCount;

        private long _deadline = long.MaxValue;
        private long _lastDeadline;

        /// <summary>Creates the fail-safe, disarmed.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="fabrics">The node's fabrics.</param>
        /// <param name="window">The commissioning window: pauses while armed, closes when commissioning is complete.</param>
        public FailSafe(CryptoSuite crypto, FabricTable fabrics, CommissioningWindow window)
        {
            _fabrics = fabrics;
            _window = window;
            Credentials = new PendingCredentials(crypto, fabrics, this);
            fabrics.AddListener(this);
        }

        /// <summary>True from arming to completion or expiry.</summary>
        public bool IsArmed { get { return _deadline != long.MaxValue; } }

        /// <summary>The fabric that the fail-safe belongs to while armed: the one that armed it or that AddNOC made; 0 under PASE before.</summary>
        public int FabricIndex { get; internal set; }

        /// <summary>Breadcrumb of the GeneralCommissioning cluster; 0 after completion or expiry.</summary>
        public ulong Breadcrumb { get; set; }

        /// <summary>The credentials prepared under it.</summary>
        public PendingCredentials Credentials { get; }

        /// <summary>Adds a listener; at start-up only.</summary>
        /// <param name="listener">Told of completion and expiry, in the order of adding.</param>
        public void AddListener(IFailSafeListener listener) { _listeners[_listenerCount++] = listener; }

        /// <summary>Whether a session on a fabric may use the fail-safe.</summary>
        /// <param name="fabricIndex">The session's fabric index; 0 for PASE.</param>
        /// <returns>True if it is armed and belongs to that fabric.</returns>
        public bool IsArmedBy(int fabricIndex) { return IsArmed && FabricIndex == fabricIndex; }

        /// <summary>Arms the fail-safe for 60 s: a PASE session is up.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void ArmForPase(long now)
        {
            if (!IsArmed) Start(0, ExpiryLengthSeconds, now);
        }

        /// <summary>ArmFailSafe: arms, arms again or, for 0 seconds, lets it expire at once.</summary>
        /// <param name="expirySeconds">ExpiryLengthSeconds; cut off at <see cref="MaxCumulativeSeconds"/> from the first arming.</param>
        /// <param name="breadcrumb">New Breadcrumb.</param>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <param name="isPase">True on a PASE session.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>One of <see cref="CommissioningError"/>.</returns>
        public int Arm(int expirySeconds, ulong breadcrumb, int fabricIndex, bool isPase, long now)
        {
            if (IsArmed)
            {
                if (FabricIndex != fabricIndex) return CommissioningError.BusyWithOtherAdmin;
                if (expirySeconds == 0)
                {
                    Expire(now);
                    return CommissioningError.Ok;
                }
                SetDeadline(expirySeconds, now);
            }
            else
            {
                if (expirySeconds == 0) return CommissioningError.Ok;
                // Whoever comes through an open window goes first.
                if (!isPase && _window.IsOpen) return CommissioningError.BusyWithOtherAdmin;
                Start(fabricIndex, expirySeconds, now);
            }
            Breadcrumb = breadcrumb;
            return CommissioningError.Ok;
        }

        /// <summary>CommissioningComplete: persists everything and disarms.</summary>
        /// <param name="fabricIndex">The session's fabric index.</param>
        /// <param name="isCase">True on a CASE session.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>
        /// One of <see cref="CommissioningError"/>, or <see cref="MatterError.StorageFailed"/>: then the fail-safe stays
        /// armed and the store holds the state before.
        /// </returns>
        public int Complete(int fabricIndex, bool isCase, long now)
        {
            if (!IsArmed) return CommissioningError.NoFailSafe;
            if (!isCase || fabricIndex == 0 || FabricIndex != fabricIndex) return CommissioningError.InvalidAuthentication;
            for (int i = 0; i < _listenerCount; i++)
            {
                int result = _listeners[i].FailSafeCompleting(now);
                if (result != 0) return result;
            }
            int committed = _fabrics.Commit();
            if (committed != 0) return committed;
            Disarm();
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FailSafeCompleted(now);
            _window.Close(now);
            _window.SetPaused(false, now);
            return CommissioningError.Ok;
        }

        /// <summary>Takes back everything that was done under the fail-safe, and disarms.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void Expire(long now)
        {
            if (!IsArmed) return;
            Disarm();
            int updatedFabric = _fabrics.Revert(now);
            for (int i = 0; i < _listenerCount; i++) _listeners[i].FailSafeExpired(updatedFabric, now);
            _window.SetPaused(false, now);
        }

        /// <summary>Lets the fail-safe expire when its time is over.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public long Poll(long now)
        {
            if (now >= _deadline) Expire(now);
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

        /// <summary>Expires if its fabric is removed: nobody else could complete or disarm it.</summary>
        /// <param name="fabricIndex">The index that it had.</param>
        /// <param name="now">Monotonic ms.</param>
        public void FabricRemoved(int fabricIndex, long now)
        {
            if (IsArmedBy(fabricIndex)) Expire(now);
        }

        private void Start(int fabricIndex, int expirySeconds, long now)
        {
            FabricIndex = fabricIndex;
            _lastDeadline = now + MaxCumulativeSeconds * 1000L;
            SetDeadline(expirySeconds, now);
            _window.SetPaused(true, now);
        }

        private void SetDeadline(int expirySeconds, long now)
        {
            long deadline = now + expirySeconds * 1000L;
            _deadline = deadline < _lastDeadline ? deadline : _lastDeadline;
        }

        private void Disarm()
        {
            _deadline = long.MaxValue;
            FabricIndex = 0;
            Breadcrumb = 0;
            Credentials.Forget();
        }
    }
}
