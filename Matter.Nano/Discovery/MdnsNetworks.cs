namespace Matter.Nano.Discovery
{
    /// <summary>The interfaces that the responder serves, and both families of each.</summary>
    internal sealed class MdnsNetworks
    {
        private readonly MdnsInterface[] _interfaces;
        private readonly MdnsLink[] _links; // interface i has links 2i (IPv4) and 2i + 1 (IPv6)

        internal MdnsNetworks(int capacity, int rows)
        {
            _interfaces = new MdnsInterface[capacity];
            _links = new MdnsLink[2 * capacity];
            for (int i = 0; i < capacity; i++)
            {
                _interfaces[i] = new MdnsInterface();
                _links[2 * i] = new MdnsLink(_interfaces[i], false, rows);
                _links[2 * i + 1] = new MdnsLink(_interfaces[i], true, rows);
            }
        }

        /// <summary>All links, those not in use too.</summary>
        internal MdnsLink[] Links { get { return _links; } }

        /// <summary>The link in use that a datagram came by, or null.</summary>
        internal MdnsLink Find(int id, bool isIPv6)
        {
            int index = Find(id);
            if (index < 0)
                return null;
            MdnsLink link = _links[isIPv6 ? 2 * index + 1 : 2 * index];
            return link.IsUsed ? link : null;
        }

        /// <summary>Takes over the state of an interface: what is new is probed.</summary>
        /// <returns>1 if anything changed, 0 if not, or <see cref="MatterError.TableFull"/>.</returns>
        internal int Set(int id, bool hasIPv4, bool hasIPv6, byte[] ipv4, int ipv4Count, byte[] ipv6, int ipv6Count, MdnsClaim claim, long now)
        {
            int index = Find(id);
            for (int i = 0; index < 0 && i < _interfaces.Length; i++)
            {
                if (!_interfaces[i].IsUsed)
                    index = i;
            }
            if (index < 0)
                return MatterError.TableFull;
            MdnsLink first = _links[2 * index];
            MdnsLink second = _links[2 * index + 1];
            bool hadFirst = first.IsUsed;
            bool hadSecond = second.IsUsed;
            if (!_interfaces[index].Set(id, hasIPv4, hasIPv6, ipv4, ipv4Count, ipv6, ipv6Count))
                return 0;
            bool isNew = (!hadFirst && first.IsUsed) || (!hadSecond && second.IsUsed);
            long probeAt = isNew ? claim.ProbeAt(now) : now;
            Renew(first, hadFirst, probeAt);
            Renew(second, hadSecond, probeAt);
            return 1;
        }

        /// <summary>Forgets an interface. Returns false if it was unknown.</summary>
        internal bool Remove(int id)
        {
            int index = Find(id);
            if (index < 0)
                return false;
            _links[2 * index].Reset();
            _links[2 * index + 1].Reset();
            _interfaces[index].Free();
            return true;
        }

        /// <summary>Probes for the host's name on every link.</summary>
        internal void ProbeAll(long probeAt)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].IsUsed)
                    _links[i].BeginProbing(probeAt);
            }
        }

        /// <summary>A row's records, and the host's where they were not heard just now, are due on every link that may tell them.</summary>
        internal void Announce(int row, int kinds, long now)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                MdnsLink link = _links[i];
                if (!link.IsUsed || link.IsProbing)
                    continue;
                link.Ask(row, kinds, now);
                link.AskUnheard(MdnsZone.HostRow, link.Network.AddressKinds, now);
            }
        }

        /// <summary>A service's records are taken back on every link.</summary>
        internal void SayGoodbye(int row, int kinds)
        {
            for (int i = 0; i < _links.Length; i++)
                _links[i].ResetRow(row, _links[i].IsUsed ? kinds : 0);
        }

        /// <summary>The host's records are taken back on every link where its name is ours; all else that waits goes unsaid.</summary>
        internal void SayGoodbyeOfHost()
        {
            for (int i = 0; i < _links.Length; i++)
            {
                MdnsLink link = _links[i];
                int kinds = link.IsUsed && !link.IsProbing ? link.Network.AddressKinds : 0;
                link.Hush();
                link.ResetRow(MdnsZone.HostRow, kinds);
            }
        }

        /// <summary>True if a row has goodbyes that are not out yet.</summary>
        internal bool IsLeaving(int row)
        {
            for (int i = 0; i < _links.Length; i++)
            {
                if (_links[i].Ready[row] != 0)
                    return true;
            }
            return false;
        }

        /// <summary>True if an address record's data is an address of this host on any interface.</summary>
        internal bool Have(int type, byte[] buffer, int offset, int length)
        {
            for (int i = 0; i < _interfaces.Length; i++)
            {
                if (_interfaces[i].IsUsed && _interfaces[i].Find(type, buffer, offset, length) >= 0)
                    return true;
            }
            return false;
        }

        private static void Renew(MdnsLink link, bool wasUsed, long probeAt)
        {
            if (wasUsed && link.IsProbing && link.IsUsed)
                return; // the next probe tells of the new addresses
            link.Reset();
            if (!wasUsed && link.IsUsed)
                link.BeginProbing(probeAt);
        }

        private int Find(int id)
        {
            for (int i = 0; i < _interfaces.Length; i++)
            {
                if (_interfaces[i].IsUsed && _interfaces[i].Id == id)
                    return i;
            }
            return -1;
        }
    }
}
