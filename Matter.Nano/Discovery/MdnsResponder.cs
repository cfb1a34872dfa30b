using System;
using Matter.Nano.Platform;
using Matter.Nano.Sessions;

namespace Matter.Nano.Discovery
{
    /// <summary>
    /// Multicast DNS responder (RFC 6762) for a node's DNS-SD services: announces, answers and takes
    /// back what it was told to advertise, and finds other nodes. The driver feeds it each datagram that came by multicast to port 5353 and
    /// the time, and after every <see cref="Poll"/> sends what <see cref="Next"/> gives. Nothing is allocated after
    /// construction.
    /// <para>On each link that comes up it first asks whether another has the host's name, which takes up to a second,
    /// and if so takes a new one. Services are not probed (8.1: what cannot be in use already SHOULD not be): 64 random
    /// bits, or a fabric's and a node's id, name them, and a freshly commissioned node must be found at once.</para>
    /// </summary>
    public sealed partial class MdnsResponder
    {
        /// <summary>The port of multicast DNS.</summary>
        public const int Port = 5353;

        /// <summary>Time to live of every record in seconds, as is usual for Matter: a node that loses power is forgotten soon.</summary>
        internal const int TtlSeconds = 120;

        private const int AnnouncementCount = 2;
        private const int AnnouncementIntervalMs = 1000;

        // Answers that others may give too are spread over 100 ms; a truncated query gets time to complete.
        private const int SharedDelayMs = 20;
        private const int TruncatedDelayMs = 400;
        private const int DelaySpanMs = 100;

        /// <summary>A probing host that met another of better right gives it the time to claim the name (RFC 6762 8.2).</summary>
        private const int DeferenceMs = 1000;

        private readonly IRandom _random;
        private readonly MdnsZone _zone;
        private readonly MdnsQuery _query;
        private readonly MdnsNetworks _networks;
        private readonly MdnsClaim _claim;
        private readonly MdnsLink[] _links;
        private readonly int _rows;
        private readonly MdnsComposer _composer;

        private readonly byte[] _randomByte = new byte[1];
        private long _dueAt; // when there is something to do in Poll; 0 after each call that may have changed it
        private bool _isDrained; // Next has nothing until then

        /// <summary>Creates a responder that knows no interface and advertises nothing yet.</summary>
        /// <param name="options">What the node tells about itself; kept.</param>
        /// <param name="random">For instance names and delays.</param>
        public MdnsResponder(MdnsOptions options, IRandom random)
            : this(options, random, new byte[MdnsDatagram.MaxLength])
        {
        }

        /// <summary>The same, with datagrams in an array that others use too.</summary>
        /// <param name="options">What the node tells about itself; kept.</param>
        /// <param name="random">For instance names and delays.</param>
        /// <param name="scratch">Room for <see cref="MdnsDatagram.MaxLength"/> bytes: holds a datagram from a call until it is sent.</param>
        public MdnsResponder(MdnsOptions options, IRandom random, byte[] scratch)
        {
            _random = random;
            _zone = new MdnsZone(options, random);
            _rows = _zone.RowCount;
            _query = new MdnsQuery(_zone);
            _composer = new MdnsComposer(_zone, scratch);
            _networks = new MdnsNetworks(options.InterfaceCapacity, _rows);
            _links = _networks.Links;
            _claim = new MdnsClaim(_zone.Host, _networks, random);
            Resolver = new MdnsResolver(_zone, _links);
        }

        /// <summary>
        /// Tells an interface's state: at start and after each change. Addresses beyond eight of a family are left out.
        /// A change announces everything again; on what is new after probing.
        /// </summary>
        /// <param name="interfaceId">The driver's number of it.</param>
        /// <param name="hasIPv4">True if it multicasts over IPv4.</param>
        /// <param name="hasIPv6">True if it multicasts over IPv6.</param>
        /// <param name="ipv4">The host's IPv4 addresses there, 4 bytes each; copied.</param>
        /// <param name="ipv4Count">Number of them.</param>
        /// <param name="ipv6">The host's IPv6 addresses there, link-local ones included, 16 bytes each; copied.</param>
        /// <param name="ipv6Count">Number of them.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int SetInterface(int interfaceId, bool hasIPv4, bool hasIPv6, byte[] ipv4, int ipv4Count, byte[] ipv6, int ipv6Count, long now)
        {
            Wake();
            int result = _networks.Set(interfaceId, hasIPv4, hasIPv6, ipv4, ipv4Count, ipv6, ipv6Count, _claim, now);
            if (result <= 0)
                return result;
            FreeLeft();
            AnnounceAll(now);
            return 0;
        }

        /// <summary>Forgets an interface that is gone.</summary>
        /// <param name="interfaceId">The driver's number of it; an unknown one is no error.</param>
        public void RemoveInterface(int interfaceId)
        {
            Wake();
            if (_networks.Remove(interfaceId))
                FreeLeft();
        }

        /// <summary>
        /// Advertises the node as commissionable under a new random instance name. If it is so
        /// already with another mode or discriminator, the old instance is taken back.
        /// </summary>
        /// <param name="mode">Key CM: 1 for the device's own passcode, 2 for an administrator's.</param>
        /// <param name="discriminator">12 bits.</param>
        /// <param name="now">Monotonic ms.</param>
        public void SetCommissionable(int mode, int discriminator, long now)
        {
            Wake();
            int row = _zone.FindCommissionable();
            if (row != 0 && _zone.IsCommissionable(row, mode, discriminator))
                return;
            if (row != 0)
                Withdraw(row);
            Activate(_zone.AddCommissionable(mode, discriminator), now);
        }

        /// <summary>Takes the commissionable service back: the window is closed.</summary>
        public void ClearCommissionable()
        {
            Wake();
            int row = _zone.FindCommissionable();
            if (row != 0)
                Withdraw(row);
        }

        /// <summary>Advertises the node as member of a fabric; called again with other ids it replaces the old name.</summary>
        /// <param name="fabricIndex">The fabric's index.</param>
        /// <param name="compressedFabricId">8 bytes; not kept.</param>
        /// <param name="nodeId">The node's operational id.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int AddOperational(int fabricIndex, byte[] compressedFabricId, ulong nodeId, long now)
        {
            Wake();
            int row = _zone.FindOperational(fabricIndex);
            if (row != 0)
            {
                if (_zone.IsOperational(row, compressedFabricId, nodeId))
                    return 0;
                Withdraw(row);
            }
            row = _zone.AddOperational(fabricIndex, compressedFabricId, nodeId);
            if (row == 0)
                return MatterError.TableFull;
            Activate(row, now);
            return 0;
        }

        /// <summary>Takes a fabric's service back; an unknown fabric is no error.</summary>
        /// <param name="fabricIndex">The fabric's index.</param>
        public void RemoveOperational(int fabricIndex)
        {
            Wake();
            int row = _zone.FindOperational(fabricIndex);
            if (row != 0)
                Withdraw(row);
        }

        /// <summary>Takes everything back, the host's addresses too: drain <see cref="Next"/>, then close the sockets. Queries go unanswered from now on.</summary>
        public void Stop()
        {
            Wake();
            for (int row = 1; row < _rows; row++)
            {
                if (_zone.GetService(row).State == MdnsService.Active)
                    Withdraw(row);
            }
            _networks.SayGoodbyeOfHost();
            _zone.IsHostWithdrawn = true;
        }

        /// <summary>
        /// Takes in one datagram. Only those sent to the group may come here: the answer to any other could be drawn
        /// to a victim off the link. Send the answer, then call <see cref="Poll"/> and send what it readies.
        /// </summary>
        /// <param name="buffer">Holds the datagram; not kept.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="interfaceId">The interface it came in on.</param>
        /// <param name="isIPv6">True if it came over IPv6.</param>
        /// <param name="peer">The sender's address in the driver's own form; copied where needed.</param>
        /// <param name="peerLength">Its length, at most <see cref="Session.MaxAddressLength"/> bytes.</param>
        /// <param name="peerPort">The sender's UDP port: another than 5353 marks a simple resolver.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The answer by unicast, valid until the next call into the responder or its node; or null.</returns>
        public MdnsDatagram Receive(byte[] buffer, int length, int interfaceId, bool isIPv6, byte[] peer, int peerLength, int peerPort, long now)
        {
            Wake();
            MdnsLink link = _networks.Find(interfaceId, isIPv6);
            if (_zone.IsHostWithdrawn || link == null || peerLength > Session.MaxAddressLength || !_query.Begin(buffer, length, link.Network))
                return null;
            if (_query.IsResponse)
            {
                if (peerPort != Port)
                    return null;
                if (_query.ReadResponse(link.Pending, _claim))
                    Contest(link, now);
                if (Resolver.IsAsking)
                    Resolver.Read(_query.Reader, buffer, length, link.Network, now);
                return null;
            }
            if (link.IsProbing)
            {
                if (_query.IsLost(_claim))
                    link.BeginProbing(now + DeferenceMs);
                return null;
            }
            if (_query.HasNoQuestions)
            {
                int[] pending = link.FindPendingOf(peer, peerLength);
                if (pending != null)
                    _query.ReadKnownAnswers(pending);
                return null;
            }
            bool isLegacy = peerPort != Port;
            _composer.Begin(link, isLegacy ? _query.Id : 0, isLegacy);
            if (!_query.Read(isLegacy ? _composer : null))
                return null;
            if (!isLegacy)
                link.AddStale(_query.Unicast, _query.Multicast, now);
            MdnsDatagram unicast = _composer.WriteAnswers(_query.Unicast) == 0 ? null : FinishUnicast(peer, peerLength, now);
            AnswerByMulticast(link, peer, peerLength, now);
            return unicast;
        }

        /// <summary>Readies what is due. Drain <see cref="Next"/> afterwards.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; <see cref="long.MaxValue"/> for never.</returns>
        public long Poll(long now)
        {
            if (now < _dueAt)
                return _dueAt;
            _isDrained = false;
            for (int i = 0; i < _links.Length; i++)
            {
                MdnsLink link = _links[i];
                if (link.IsProbing && link.DueAt <= now && !link.StepProbing(now))
                    AnnounceAll(now);
            }
            long deadline = Resolver.Poll(now);
            for (int row = 1; row < _rows; row++)
            {
                MdnsService service = _zone.GetService(row);
                if (service.State != MdnsService.Active || service.AnnouncementsLeft == 0)
                    continue;
                if (service.AnnounceAt <= now)
                {
                    _networks.Announce(row, _zone.AnnouncedKinds(row), now);
                    service.AnnouncementsLeft--;
                    service.AnnounceAt = now + AnnouncementIntervalMs;
                }
                if (service.AnnouncementsLeft != 0 && service.AnnounceAt < deadline)
                    deadline = service.AnnounceAt;
            }
            for (int i = 0; i < _links.Length; i++)
            {
                MdnsLink link = _links[i];
                if (link.DueAt <= now && !link.IsProbing)
                    link.Release(now);
                if (link.DueAt < deadline)
                    deadline = link.DueAt;
            }
            _dueAt = deadline;
            return deadline;
        }

        /// <summary>Takes the next datagram to send.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The datagram, valid until the next call into the responder or its node, or null if there is nothing to send now.</returns>
        public MdnsDatagram Next(long now)
        {
            if (_isDrained)
                return null;
            for (int i = 0; i < _links.Length; i++)
            {
                MdnsLink link = _links[i];
                if (link.IsProbeReady)
                {
                    link.IsProbeReady = false;
                    return _composer.MakeProbe(link);
                }
                if (link.IsQueryReady)
                {
                    link.IsQueryReady = false;
                    return _composer.MakeQuery(link, Resolver);
                }
                int[] ready = link.Ready;
                for (int row = 0; row < _rows; row++)
                {
                    if (ready[row] == 0)
                        continue;
                    MdnsDatagram datagram = _composer.MakeMulticast(link, now);
                    FreeLeft();
                    return datagram;
                }
            }
            _isDrained = true;
            return null;
        }

        private void Wake()
        {
            _dueAt = 0;
            _isDrained = false;
        }

        /// <summary>Another has our host's name: if we just asked for it, it is theirs; if it was ours, we ask again.</summary>
        private void Contest(MdnsLink link, long now)
        {
            long probeAt = _claim.ContestedProbeAt(now);
            if (!link.IsProbing)
            {
                link.BeginProbing(probeAt);
                return;
            }
            _zone.RenameHost();
            _networks.ProbeAll(probeAt);
        }

        /// <summary>Makes a row just filled known to the links.</summary>
        private void Activate(int row, long now)
        {
            for (int i = 0; i < _links.Length; i++)
                _links[i].ResetRow(row, 0);
            MdnsService service = _zone.GetService(row);
            service.State = MdnsService.Active;
            Announce(service, now);
        }

        private void AnnounceAll(long now)
        {
            for (int row = 1; row < _rows; row++)
            {
                if (_zone.GetService(row).State == MdnsService.Active)
                    Announce(_zone.GetService(row), now);
            }
        }

        private static void Announce(MdnsService service, long now)
        {
            service.AnnouncementsLeft = AnnouncementCount;
            service.AnnounceAt = now;
        }

        private void Withdraw(int row)
        {
            _zone.GetService(row).State = MdnsService.Leaving;
            _networks.SayGoodbye(row, _zone.AnnouncedKinds(row));
            FreeLeft();
        }

        /// <summary>Frees the rows whose goodbyes are out.</summary>
        private void FreeLeft()
        {
            for (int row = 1; row < _rows; row++)
            {
                MdnsService service = _zone.GetService(row);
                if (service.State == MdnsService.Leaving && !_networks.IsLeaving(row))
                    service.State = MdnsService.Free;
            }
        }

        private void AnswerByMulticast(MdnsLink link, byte[] peer, int peerLength, long now)
        {
            int[] kinds = _query.Multicast;
            int all = 0;
            int shared = 0;
            for (int row = 0; row < _rows; row++)
            {
                all |= kinds[row];
                if (row != MdnsZone.HostRow)
                    shared |= kinds[row] & MdnsZone.SharedKinds;
            }
            if (all == 0)
                return;
            if (_query.IsProbe)
            {
                for (int row = 0; row < _rows; row++)
                {
                    if (kinds[row] != 0)
                        link.AskProbed(row, kinds[row], now);
                }
                return;
            }
            if (_query.IsTruncated)
            {
                link.AskTruncated(kinds, now + TruncatedDelayMs + Jitter(), peer, peerLength);
                return;
            }
            long dueAt = shared == 0 ? now : now + SharedDelayMs + Jitter();
            for (int row = 0; row < _rows; row++)
                link.Ask(row, kinds[row], dueAt);
        }

        private int Jitter()
        {
            _random.Fill(_randomByte, 0, 1);
            return _randomByte[0] * DelaySpanMs >> 8;
        }

        private MdnsDatagram FinishUnicast(byte[] peer, int peerLength, long now)
        {
            _composer.WriteAdditional(false, now);
            MdnsDatagram unicast = _composer.End();
            Array.Copy(peer, 0, unicast.Peer, 0, peerLength);
            unicast.PeerLength = peerLength;
            return unicast;
        }
    }
}
