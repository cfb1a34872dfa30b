using Matter.Nano.Fabrics;
using Matter.Nano.SecureChannel;
using Matter.Nano.Sessions;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>Tells each step of commissioning as it happens.</summary>
    internal sealed class CommissioningStory : ISecureChannelListener, IFabricListener, IFailSafeListener, ICommissioningWindowListener
    {
        private readonly DeviceOutput _output;
        private readonly FailSafe _failSafe;
        private int _completing;
        private bool _isOpen;

        /// <summary>Listens to a node that has started.</summary>
        public CommissioningStory(Node node, DeviceOutput output)
        {
            _output = output;
            _failSafe = node.FailSafe;
            _isOpen = node.Window.IsOpen;
            node.Listener = this;
            node.Fabrics.AddListener(this);
            node.FailSafe.AddListener(this);
            node.Window.AddListener(this);
        }

        public void PaseEstablished(Session session, long now)
        {
            _output.Step("pase", "A commissioner knows the passcode (PASE); the fail-safe is armed", 0);
        }

        public void CaseEstablished(Session session, long now)
        {
            _output.Step("case", "Secure session with node " + session.PeerNodeId.ToString("X16") + " (CASE)", session.FabricIndex);
        }

        public void FabricAdded(Fabric fabric, long now)
        {
            _output.Step("fabric-added", "Operational credentials received: this is node " + fabric.NodeId.ToString("X16"), fabric.Index);
        }

        public void FabricUpdated(Fabric fabric, long now)
        {
            _output.Step("fabric-updated", "Fabric updated", fabric.Index);
        }

        public void FabricRemoved(int fabricIndex, long now)
        {
            _output.Step("fabric-removed", "Fabric removed", fabricIndex);
        }

        public int FailSafeCompleting(long now)
        {
            _completing = _failSafe.FabricIndex;
            return 0;
        }

        public void FailSafeCompleted(long now)
        {
            _output.Step("commissioned", "Commissioning is complete", _completing);
        }

        public void FailSafeExpired(int updatedFabric, long now)
        {
            _output.Step("fail-safe-expired", "The fail-safe expired: commissioning is undone", 0);
        }

        public void CommissioningWindowChanged(CommissioningWindow window, long now)
        {
            if (window.IsOpen == _isOpen)
                return;
            _isOpen = window.IsOpen;
            if (_isOpen)
                _output.Step("window-opened", "The commissioning window is open, discriminator " + window.Discriminator, window.AdminFabricIndex);
            else
                _output.Step("window-closed", "The commissioning window is closed", 0);
        }
    }
}
