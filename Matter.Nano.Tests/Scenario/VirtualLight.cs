using System;
using Matter.Nano.Clusters;
using Matter.Nano.Crypto;
using Matter.Nano.Devices;
using Matter.Nano.Discovery;
using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>A whole node with an On/Off Light on endpoint 1, as an end of a <see cref="MemoryLink"/>.</summary>
    internal class VirtualLight : ILinkEnd, IPeerAddressing
    {
        public const uint Passcode = 20202021;

        private static readonly byte[] HardwareAddress = { 0x02, 0, 0, 0, 0, 1 };

        private readonly CryptoSuite _crypto;
        private readonly IKeyValueStore _store;
        private readonly CommissioningVerifier _verifier;
        private readonly bool _prepares;

        /// <summary>Starts a light.</summary>
        /// <param name="seed">Of its random source.</param>
        /// <param name="store">What it remembers.</param>
        /// <param name="now">Monotonic ms.</param>
        public VirtualLight(uint seed, IKeyValueStore store, long now)
            : this(seed, store, null, now)
        {
        }

        /// <summary>Starts a light on a platform with cryptography of its own.</summary>
        public VirtualLight(uint seed, IKeyValueStore store, ICryptoAccelerator accelerator, long now)
        {
            _crypto = new CryptoSuite(new SeededRandom(seed), accelerator);
            _store = store;
            _verifier = CommissioningVerifier.FromPasscode(_crypto, Passcode);
            _prepares = true;
            Restart(now);
        }

        /// <summary>Starts a light with a given random source and verifier, that draws nothing ahead of need.</summary>
        public VirtualLight(IRandom random, CommissioningVerifier verifier, IKeyValueStore store, long now)
        {
            _crypto = new CryptoSuite(random, null);
            _store = store;
            _verifier = verifier;
            Restart(now);
        }

        public Node Node { get; private set; }

        public CryptoSuite Crypto
        {
            get { return _crypto; }
        }

        public OnOffCluster OnOff { get; private set; }

        /// <summary>How often the lamp was switched since the start.</summary>
        public int Switches { get; private set; }

        /// <summary>Whom the light finds by multicast DNS from its next start on; null for no such network.</summary>
        public MdnsNeighbours Neighbours { get; set; }

        /// <summary>Power off and on again: only the store remains.</summary>
        public void Restart(long now)
        {
            Node node = new Node(new NodeOptions
            {
                Crypto = _crypto,
                Store = _store,
                Attestation = TestAttestation.Create(_crypto),
                Network = new NetworkInterface("test", NetworkInterface.Ethernet, HardwareAddress),
                HostId = HardwareAddress,
                Verifier = _verifier,
                PreparesHandshakes = _prepares,
                Addressing = this,
            });
            OnOffLight light = new OnOffLight(1, Switched);
            OnOff = light.OnOff;
            node.Add(light);
            Declare(node);
            node.Start(now);
            Node = node;
            Switches = 0;
            if (Neighbours != null)
            {
                Neighbours.Attach(node, now);
            }
        }

        /// <summary>The address of an end of the link is the last byte of its IP address.</summary>
        public int Write(byte[] peer, byte[] address, int addressLength, int port, int interfaceId)
        {
            peer[0] = address[addressLength - 1];
            return 1;
        }

        public OutboxSlot Next()
        {
            return Node.Outbox.Next();
        }

        public void Receive(byte[] buffer, int length, byte[] peer, int peerLength, long now)
        {
            Array.Copy(buffer, 0, Node.RxBuffer, 0, length);
            Node.Receive(peer, peerLength, length, now);
        }

        public long Poll(long now)
        {
            long next = Node.Poll(now);
            // Left alone, what mDNS wants to say would ask again at once.
            for (MdnsDatagram datagram = Node.Discovery.Next(now); datagram != null; datagram = Node.Discovery.Next(now))
            {
                if (Neighbours != null && Neighbours.Answer(datagram, Node, now))
                {
                    next = now;
                }
            }

            return next < now + TestNode.PollMs ? now + TestNode.PollMs : next;
        }

        /// <summary>Adds further endpoints to a node that is about to start.</summary>
        protected virtual void Declare(Node node)
        {
        }

        private void Switched(OnOffCluster cluster, bool on)
        {
            Switches++;
        }
    }
}
