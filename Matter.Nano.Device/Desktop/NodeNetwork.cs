using System;
using System.Collections.Generic;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The one interface of this machine that the node calls its own in General Diagnostics and Network Commissioning.</summary>
    internal sealed class NodeNetwork
    {
        private HostInterface _host;

        /// <summary>Chooses the first interface.</summary>
        public NodeNetwork(List<HostInterface> interfaces)
        {
            Name = interfaces.Count > 0 ? interfaces[0].Name : "none";
            Interface = interfaces.Count > 0
                ? new NetworkInterface(Name, interfaces[0].Type, interfaces[0].HardwareAddress)
                : new NetworkInterface(Name, NetworkInterface.Unspecified, new byte[NetworkInterface.HardwareAddressLength]);
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>What the node is given.</summary>
        public NetworkInterface Interface { get; }

        /// <summary>Takes over the interface's addresses.</summary>
        /// <param name="interfaces">Those of the machine now; if it isn't among them, it has none.</param>
        /// <returns>True if there was a change.</returns>
        public bool Update(List<HostInterface> interfaces)
        {
            HostInterface host = interfaces.Find(candidate => candidate.Name == Name);
            if (host == null ? _host == null : host.HasAddressesOf(_host))
                return false;
            _host = host;
            if (host == null)
                Interface.SetAddresses(Array.Empty<byte>(), 0, Array.Empty<byte>(), 0);
            else
                Interface.SetAddresses(host.IPv4Addresses, host.IPv4Count, host.IPv6Addresses, host.IPv6Count);
            return true;
        }
    }
}
