using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;

namespace Matter.Nano
{
    /// <summary>What an application gives its node.</summary>
    public sealed class NodeOptions
    {
        /// <summary>The primitives, over the platform's random source.</summary>
        public CryptoSuite Crypto { get; set; }

        /// <summary>Where fabrics and settings persist.</summary>
        public IKeyValueStore Store { get; set; }

        /// <summary>The device attestation credentials.</summary>
        public DeviceAttestation Attestation { get; set; }

        /// <summary>What the product is.</summary>
        public ProductInformation Product { get; set; } = new ProductInformation();

        /// <summary>The interface that the node is reached at.</summary>
        public NetworkInterface Network { get; set; }

        /// <summary>The station, if that interface is a Wi-Fi one whose network controllers may choose; otherwise null.</summary>
        public IWiFiDriver WiFi { get; set; }

        /// <summary>
        /// What names the host in DNS-SD, 6 or 8 bytes; null for the interface's hardware address. Several nodes on one
        /// host need one each.
        /// </summary>
        public byte[] HostId { get; set; }

        /// <summary>What the passcode comes down to.</summary>
        public CommissioningVerifier Verifier { get; set; }

        /// <summary>Discriminator, 12 bits.</summary>
        public int Discriminator { get; set; } = 3840;

        /// <summary>UDP port to advertise.</summary>
        public int Port { get; set; } = 5540;

        /// <summary>Network interfaces that multicast DNS works on at once.</summary>
        public int DiscoveryInterfaces { get; set; } = 1;

        /// <summary>Why the node starts, one of <see cref="Clusters.BootReason"/>, as far as the application knows.</summary>
        public int BootReason { get; set; }

        /// <summary>
        /// What certification tests must know to have the device do what only they need, 16 bytes: the device's own, and none
        /// in those that are sold. Null for none.
        /// </summary>
        public byte[] EnableKey { get; set; }

        /// <summary>Takes test event triggers, which come with the enable key; null for none.</summary>
        public TestEventTriggerHandler TestEventTrigger { get; set; }

        /// <summary>
        /// Whether idle time is used to compute what the next handshakes need (see <see cref="Limits.PreparedKeyPairs"/>):
        /// true by default, they take half the time then.
        /// </summary>
        public bool PreparesHandshakes { get; set; } = true;

        /// <summary>How long nothing must have come before such work begins, in ms: on a board it is in the way of what comes next.</summary>
        public int QuietMs { get; set; } = 100;

        /// <summary>
        /// How long the ack of a message that begins a computation waits for the answer, to travel with it, in ms. With 0,
        /// the default, it leaves before the computation: on a board that takes too long for the peer to wait. Where the
        /// answer is ready in no time, waiting saves the peer a datagram in every step of a handshake.
        /// </summary>
        public int AckPatienceMs { get; set; }

        /// <summary>
        /// How the driver writes addresses of peers, for a node that speaks first: with it subscriptions are taken up again
        /// after a restart. Null for a node that only answers; it then keeps no subscriptions.
        /// </summary>
        public IPeerAddressing Addressing { get; set; }

        /// <summary>The node's own session parameters, told to peers and in DNS-SD.</summary>
        public SessionParameters Parameters { get; set; } = new SessionParameters();
    }
}
