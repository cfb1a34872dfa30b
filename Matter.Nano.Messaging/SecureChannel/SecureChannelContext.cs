using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>What the handshakes of a node have in common: the tables around them, and scratch that nobody holds over a call.</summary>
    internal sealed class SecureChannelContext
    {
        internal CryptoSuite Crypto;
        internal SessionTable Sessions;
        internal FabricTable Fabrics;
        internal ResumptionTable Resumptions;
        internal CommissioningWindow Window;
        internal ISecureChannelListener Listener;

        /// <summary>This node's own parameters; null to send none.</summary>
        internal SessionParameters OwnParameters;

        internal readonly SessionParameters PeerParameters = new SessionParameters();
        internal readonly PbkdfParamRequest PbkdfParamRequest = new PbkdfParamRequest();
        internal readonly Sigma1 Sigma1 = new Sigma1();
        internal readonly TlvReader Reader = new TlvReader();
        internal readonly TlvWriter Writer = new TlvWriter();

        /// <summary>Session keys on their way into a session; wiped at once.</summary>
        internal readonly byte[] Keys = new byte[Session.KeysLength];

        internal CaseKeySchedule CaseKeys;
    }
}
