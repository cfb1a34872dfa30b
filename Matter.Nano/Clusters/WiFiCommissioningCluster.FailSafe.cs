using Matter.Nano.Fabrics;

namespace Matter.Nano.Clusters
{
    /// <content>The network under the fail-safe: stored together with the fabric, or forgotten, also across a power cut.</content>
    public sealed partial class WiFiCommissioningCluster
    {
        /// <summary>Brings to its end what a power cut interrupted in CommissioningComplete; at start-up, after the fabrics.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>: then the next start tries again.</returns>
        internal int Recover(long now)
        {
            if (_pending.Read(_fabrics, _staged))
            {
                int result = StoreStaged();
                _staged.Clear();
                if (result != 0)
                {
                    return result;
                }

                _driver.BeginStored(now);
            }

            return _pending.Delete();
        }

        /// <inheritdoc/>
        public int FailSafeCompleting(long now)
        {
            if (!_isStaged)
            {
                return 0;
            }

            Fabric fabric = _fabrics.Find(_failSafe.Credentials.NocFabricIndex);
            if (fabric == null)
            {
                return StoreStaged();
            }

            _isPending = true;
            return _pending.Write(fabric, _staged);
        }

        /// <inheritdoc/>
        public void FailSafeCompleted(long now)
        {
            if (_isPending && StoreStaged() == 0)
            {
                _pending.Delete();
            }

            _isPending = false;
            Forget();
        }

        /// <inheritdoc/>
        public void FailSafeExpired(int updatedFabric, long now)
        {
            bool hasLeft = _operation.HasLeft;
            _operation.GiveUp();
            Forget();
            if (_isPending)
            {
                _pending.Delete();
                _isPending = false;
            }

            if (hasLeft)
            {
                _driver.BeginStored(now);
            }
        }

        private int StoreStaged()
        {
            return _driver.Store(_staged.Ssid, _staged.SsidLength, _staged.Credentials, _staged.CredentialsLength);
        }

        private void Forget()
        {
            if (_isStaged)
            {
                Changed(NetworksId);
            }

            _staged.Clear();
            _isStaged = false;
            _operation.HasLeft = false;
        }
    }
}
