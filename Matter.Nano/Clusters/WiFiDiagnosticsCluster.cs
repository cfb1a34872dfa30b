using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Wi-Fi Network Diagnostics, without counters: what the driver tells of the connection.</summary>
    public sealed class WiFiDiagnosticsCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0036;

        private const uint BssidId = 0x0000;
        private const uint SecurityTypeId = 0x0001;
        private const uint WiFiVersionId = 0x0002;
        private const uint ChannelNumberId = 0x0003;
        private const uint RssiId = 0x0004;

        private const uint AssociationFailure = 0x01;
        private const uint UnknownCause = 0;
        private const uint AssociationFailed = 1;
        private const uint AuthenticationFailed = 2;
        private const uint SsidNotFound = 3;
        private const uint UnspecifiedFailure = 1; // of IEEE 802.11's status codes, of which drivers tell none

        private const uint ConnectionStatus = 0x02;
        private const uint Connected = 0;
        private const uint NotConnected = 1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.Nullable,
            0x00, 0x01, Access.ReadView, Quality.Nullable,
            0x00, 0x02, Access.ReadView, Quality.Nullable,
            0x00, 0x03, Access.ReadView, Quality.Nullable,
            0x00, 0x04, Access.ReadView, Quality.Nullable | Quality.ChangesOmitted,
        };

        private static readonly byte[] EventTable =
        {
            0x01, EventAccess.View | EventAccess.Info,
            0x02, EventAccess.View | EventAccess.Info,
        };

        private readonly IWiFiDriver _driver;
        private readonly WiFiLink _link = new WiFiLink();
        private readonly byte[] _ssid = new byte[WiFiNetwork.MaxSsidLength];
        private bool _isConnected;

        /// <summary>Creates the cluster.</summary>
        /// <param name="driver">The station.</param>
        public WiFiDiagnosticsCluster(IWiFiDriver driver)
            : base(ClusterId, 1, 0, AttributeTable, null, EventTable)
        {
            _driver = driver;
        }

        /// <summary>The station connected or lost its connection.</summary>
        public void LinkChanged()
        {
            for (uint attribute = BssidId; attribute <= RssiId; attribute++)
            {
                Changed(attribute);
            }

            bool isConnected = _driver.GetConnected(_ssid) > 0;
            if (isConnected != _isConnected)
            {
                _isConnected = isConnected;
                BeginEvent(ConnectionStatus).PutUnsigned(0, isConnected ? Connected : NotConnected);
                EndEvent();
            }
        }

        /// <summary>The station tried to connect in vain.</summary>
        /// <param name="status">Of <see cref="NetworkingStatus"/>.</param>
        internal void ConnectionFailed(int status)
        {
            if (status == NetworkingStatus.Ipv6Failed || status == NetworkingStatus.IpBindFailed)
            {
                return; // associated, but without an address
            }

            uint cause = status == NetworkingStatus.AuthFailure ? AuthenticationFailed
                : status == NetworkingStatus.NetworkNotFound ? SsidNotFound
                : status == NetworkingStatus.UnsupportedSecurity ? AssociationFailed : UnknownCause;
            TlvWriter data = BeginEvent(AssociationFailure);
            data.PutUnsigned(0, cause);
            data.PutUnsigned(1, UnspecifiedFailure);
            EndEvent();
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            WiFiLink link = _link;
            link.Clear();
            _driver.GetLink(link);
            switch (attributeId)
            {
                case BssidId:
                    if (link.HasBssid)
                    {
                        writer.PutBytes(tag, link.Bssid, 0, WiFiNetwork.BssidLength);
                    }
                    else
                    {
                        writer.PutNull(tag);
                    }

                    return ImStatus.Success;
                case SecurityTypeId:
                    return Put(writer, tag, link.SecurityType);
                case WiFiVersionId:
                    return Put(writer, tag, link.Version);
                case ChannelNumberId:
                    return Put(writer, tag, link.Channel);
                case RssiId:
                    if (link.Rssi > 0)
                    {
                        writer.PutNull(tag);
                    }
                    else
                    {
                        writer.PutSigned(tag, link.Rssi);
                    }

                    return ImStatus.Success;
                default:
                    return ImStatus.UnsupportedAttribute;
            }
        }

        private static int Put(TlvWriter writer, int tag, int value)
        {
            if (value == WiFiLink.Unknown)
            {
                writer.PutNull(tag);
            }
            else
            {
                writer.PutUnsigned(tag, (ulong)value);
            }

            return ImStatus.Success;
        }
    }
}
