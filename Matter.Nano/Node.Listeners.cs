using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;

namespace Matter.Nano
{
    /// <content>What the node does when a session begins, a fabric comes or goes, the fail-safe ends or the window changes.</content>
    public sealed partial class Node
    {
        /// <inheritdoc/>
        public void PaseEstablished(Session session, long now)
        {
            FailSafe.ArmForPase(now);
            if (Listener != null)
            {
                Listener.PaseEstablished(session, now);
            }
        }

        /// <inheritdoc/>
        public void CaseEstablished(Session session, long now)
        {
            if (Listener != null)
            {
                Listener.CaseEstablished(session, now);
            }
        }

        /// <inheritdoc/>
        public void FabricAdded(Fabric fabric, long now)
        {
            _exchanges.Groups.FabricAdded(fabric);
            Discovery.AddOperational(fabric.Index, fabric.CompressedId, fabric.NodeId, now);
        }

        /// <inheritdoc/>
        public void FabricUpdated(Fabric fabric, long now)
        {
            Discovery.AddOperational(fabric.Index, fabric.CompressedId, fabric.NodeId, now);
        }

        /// <inheritdoc/>
        public void FabricRemoved(int fabricIndex, long now)
        {
            Discovery.RemoveOperational(fabricIndex);
            Sessions.CloseFabric(fabricIndex, null, now);
            if (_subscriptions != null)
            {
                _subscriptions.FabricRemoved(fabricIndex);
            }

            Model.FabricRemoved(fabricIndex);
            if (!Fabrics.IsReverting)
            {
                _basicInformation.Left(fabricIndex);
            }
        }

        /// <inheritdoc/>
        public int FailSafeCompleting(long now)
        {
            return 0;
        }

        /// <inheritdoc/>
        public void FailSafeCompleted(long now)
        {
        }

        /// <inheritdoc/>
        public void FailSafeExpired(int updatedFabric, long now)
        {
            Sessions.ClosePase(null, now);
            if (updatedFabric != 0)
            {
                Sessions.CloseFabric(updatedFabric, null, now);
            }
        }

        /// <inheritdoc/>
        public void CommissioningWindowChanged(CommissioningWindow window, long now)
        {
            _isPrepared = false;
            if (window.CommissioningMode == 0)
            {
                Discovery.ClearCommissionable();
            }
            else
            {
                Discovery.SetCommissionable(window.CommissioningMode, window.Discriminator, now);
            }
        }
    }
}
