using System;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Platform;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// Network Commissioning with the Wi-Fi feature (Matter Core 11.9): one network, which the driver stores. A change counts
    /// at once but is stored by CommissioningComplete only; the fail-safe's expiry goes back to the network before.
    /// </summary>
    public sealed partial class WiFiCommissioningCluster : Cluster, IFailSafeListener
    {
        /// <summary>Cluster id, that of Network Commissioning.</summary>
        public const uint ClusterId = NetworkCommissioningCluster.ClusterId;

        private const uint MaxNetworksId = 0x0000;
        private const uint NetworksId = 0x0001;
        private const uint ScanMaxTimeSecondsId = 0x0002;
        private const uint ConnectMaxTimeSecondsId = 0x0003;
        private const uint InterfaceEnabledId = 0x0004;
        private const uint LastNetworkingStatusId = 0x0005;
        private const uint LastNetworkIdId = 0x0006;
        private const uint LastConnectErrorValueId = 0x0007;
        private const uint SupportedWiFiBandsId = 0x0008;

        private const uint ScanNetworks = 0x00;
        private const uint AddOrUpdateWiFiNetwork = 0x02;
        private const uint RemoveNetwork = 0x04;
        private const uint ConnectNetwork = 0x06;
        private const uint ReorderNetwork = 0x08;
        private const byte ScanNetworksResponse = 0x01;
        private const byte NetworkConfigResponse = 0x05;
        private const byte ConnectNetworkResponse = 0x07;

        private const uint WiFiFeature = 1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadAdminister, Quality.Fixed,
            0x00, 0x01, Access.ReadAdminister, Quality.List,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x04, Access.ReadView | Access.WriteAdminister, Quality.NonVolatile,
            0x00, 0x05, Access.ReadAdminister, Quality.Nullable,
            0x00, 0x06, Access.ReadAdminister, Quality.Nullable,
            0x00, 0x07, Access.ReadAdminister, Quality.Nullable,
            0x00, 0x08, Access.ReadView, Quality.Fixed | Quality.List,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Administer, ScanNetworksResponse,
            0x02, CommandAccess.Administer, NetworkConfigResponse,
            0x04, CommandAccess.Administer, NetworkConfigResponse,
            0x06, CommandAccess.Administer, ConnectNetworkResponse,
            0x08, CommandAccess.Administer, NetworkConfigResponse,
        };

        private readonly IWiFiDriver _driver;
        private readonly FailSafe _failSafe;
        private readonly GeneralCommissioningCluster _generalCommissioning;
        private readonly WiFiOperation _operation;
        private readonly FabricTable _fabrics;
        private readonly PendingNetwork _pending;
        private readonly WiFiNetwork _staged = new WiFiNetwork();
        private readonly byte[] _name = new byte[WiFiNetwork.MaxSsidLength];
        private bool _isStaged; // the configuration is _staged, perhaps none; otherwise what the driver has stored
        private bool _isPending; // _staged waits in the store for its fabric

        // Fields of the command under way.
        private int _idOffset;
        private int _idLength;
        private int _credentialsOffset;
        private int _credentialsLength;
        private int _index;
        private ulong _breadcrumb;
        private bool _hasBreadcrumb;

        /// <summary>Creates the cluster.</summary>
        /// <param name="driver">The station.</param>
        /// <param name="failSafe">The node's fail-safe.</param>
        /// <param name="generalCommissioning">Has the Breadcrumb.</param>
        /// <param name="fabrics">The node's fabrics: a network that comes with one is stored if that is.</param>
        /// <param name="store">Where the network waits for that.</param>
        public WiFiCommissioningCluster(
            IWiFiDriver driver, FailSafe failSafe, GeneralCommissioningCluster generalCommissioning, FabricTable fabrics, IKeyValueStore store)
            : base(ClusterId, 2, WiFiFeature, AttributeTable, CommandTable)
        {
            _driver = driver;
            _failSafe = failSafe;
            _generalCommissioning = generalCommissioning;
            _operation = new WiFiOperation(driver);
            _fabrics = fabrics;
            _pending = new PendingNetwork(store);
            failSafe.AddListener(this);
        }

        /// <summary>Told of connections that failed; may be null.</summary>
        internal WiFiDiagnosticsCluster Diagnostics { get; set; }

        /// <summary>The station connected or lost its connection.</summary>
        public void LinkChanged()
        {
            Changed(NetworksId);
            if (GetConfigured() != 0 && _operation.TakeConnection())
            {
                LastChanged();
            }
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case MaxNetworksId:
                    writer.PutUnsigned(tag, 1);
                    break;
                case ScanMaxTimeSecondsId:
                    writer.PutUnsigned(tag, (ulong)_driver.ScanMaxSeconds);
                    break;
                case ConnectMaxTimeSecondsId:
                    writer.PutUnsigned(tag, (ulong)_driver.ConnectMaxSeconds);
                    break;
                case InterfaceEnabledId:
                    writer.PutBoolean(tag, true);
                    break;
                default:
                    return _operation.ReadLast(attributeId - LastNetworkingStatusId, writer, tag)
                        ? ImStatus.Success : ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            if (attributeId == SupportedWiFiBandsId)
            {
                if (index > WiFiBand.Band1G)
                {
                    return ImStatus.NotFound;
                }

                if ((_driver.Bands & (1 << index)) != 0)
                {
                    writer.PutUnsigned(TlvTag.Anonymous, (ulong)index);
                }

                return ImStatus.Success;
            }

            int length = GetConfigured();
            if (index > 0 || length == 0)
            {
                return ImStatus.NotFound;
            }

            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBytes(0, _name, 0, length);
            writer.PutBoolean(1, _operation.IsConnectedTo(_name, length));
            writer.EndContainer();
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            bool enabled = value.GetBoolean();
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            // The only interface carries this very request: it cannot be switched off.
            return enabled ? ImStatus.Success : ImStatus.InvalidAction;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            // A connection goes on although its asker is gone.
            if (_operation.IsRunning)
            {
                return ImStatus.Busy;
            }

            int status = Parse(commandId, fields);
            if (status != ImStatus.Success)
            {
                return status;
            }

            if (commandId == ScanNetworks)
            {
                _operation.PrepareScan(fields.Buffer, _idOffset, _idLength);
                return ImStatus.Pending;
            }

            if (!_failSafe.IsArmedBy(context.FabricIndex))
            {
                return ImStatus.FailsafeRequired;
            }

            switch (commandId)
            {
                case AddOrUpdateWiFiNetwork:
                    return AnswerConfig(response, AddOrUpdate(fields.Buffer));
                case RemoveNetwork:
                    return AnswerConfig(response, Remove(fields.Buffer));
                case ReorderNetwork:
                    return AnswerConfig(response, !IsConfigured(fields.Buffer) ? NetworkingStatus.NetworkIdNotFound
                        : _index != 0 ? NetworkingStatus.OutOfRange : NetworkingStatus.Success);
                default:
                    _operation.PrepareConnection(fields.Buffer, _idOffset, _idLength, IsConfigured(fields.Buffer), _isStaged ? _staged : null);
                    return ImStatus.Pending;
            }
        }

        /// <inheritdoc/>
        public override int Continue(TlvWriter response, InteractionContext context)
        {
            if (!Advance(context.Now))
            {
                return ImStatus.Pending;
            }

            if (_operation.Result == NetworkingStatus.Success)
            {
                SetBreadcrumb();
            }

            _operation.Answer(response);
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override long ContinueAt(long now)
        {
            return now + WiFiOperation.StepMs;
        }

        /// <inheritdoc/>
        public override void Cancel()
        {
            _operation.Abandon();
            Wake();
        }

        /// <inheritdoc/>
        public override long Poll(long now)
        {
            if (!_operation.IsRunning || _operation.IsAwaited)
            {
                return long.MaxValue;
            }

            return Advance(now) ? long.MaxValue : now + WiFiOperation.StepMs;
        }

        // True once there is a result.
        private bool Advance(long now)
        {
            bool isNew = _operation.IsRunning; // not given up at the fail-safe's end
            if (!_operation.Advance(now))
            {
                return false;
            }

            if (isNew && _operation.HasFailed && Diagnostics != null)
            {
                Diagnostics.ConnectionFailed(_operation.Result);
            }

            if (_operation.IsConnection)
            {
                Changed(NetworksId);
                LastChanged();
            }
            else
            {
                Changed(LastNetworkingStatusId);
            }

            return true;
        }

        private void LastChanged()
        {
            Changed(LastNetworkingStatusId);
            Changed(LastNetworkIdId);
            Changed(LastConnectErrorValueId);
        }

        private int GetConfigured()
        {
            if (!_isStaged)
            {
                return _driver.GetStored(_name);
            }

            Array.Copy(_staged.Ssid, 0, _name, 0, _staged.SsidLength);
            return _staged.SsidLength;
        }

        private bool IsConfigured(byte[] buffer)
        {
            int length = GetConfigured();
            return length != 0 && WiFiNetwork.AreEqual(_name, length, buffer, _idOffset, _idLength);
        }

        private int AddOrUpdate(byte[] buffer)
        {
            if (_idLength == 0 || !WiFiNetwork.AreCredentials(buffer, _credentialsOffset, _credentialsLength))
            {
                return NetworkingStatus.OutOfRange;
            }

            if (GetConfigured() != 0 && !IsConfigured(buffer))
            {
                return NetworkingStatus.BoundsExceeded;
            }

            _staged.Set(buffer, _idOffset, _idLength, buffer, _credentialsOffset, _credentialsLength);
            _isStaged = true;
            return NetworkingStatus.Success;
        }

        private int Remove(byte[] buffer)
        {
            if (!IsConfigured(buffer))
            {
                return NetworkingStatus.NetworkIdNotFound;
            }

            _staged.Clear();
            _isStaged = true;
            _operation.ForgetLast();
            LastChanged();
            return NetworkingStatus.Success;
        }

        private int AnswerConfig(TlvWriter response, int status)
        {
            response.PutUnsigned(0, (ulong)status);
            if (status == NetworkingStatus.Success)
            {
                response.PutUnsigned(2, 0);
                SetBreadcrumb();
                Changed(NetworksId);
            }

            return ImStatus.Success;
        }

        private void SetBreadcrumb()
        {
            if (_hasBreadcrumb)
            {
                _generalCommissioning.SetBreadcrumb(_breadcrumb);
            }
        }

        private int Parse(uint commandId, TlvReader fields)
        {
            int breadcrumbTag = commandId == AddOrUpdateWiFiNetwork || commandId == ReorderNetwork ? 2 : 1;
            int required = commandId == ScanNetworks ? 0 : breadcrumbTag == 2 ? 3 : 1;
            int present = 0;
            _idLength = 0;
            _hasBreadcrumb = false;
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag == breadcrumbTag)
                {
                    _breadcrumb = fields.GetUnsigned(ulong.MaxValue);
                    _hasBreadcrumb = true;
                }
                else if (fields.Tag == 0)
                {
                    present |= 1;
                    if (commandId == ScanNetworks && fields.Type == TlvType.Null)
                    {
                        continue;
                    }

                    _idLength = fields.GetBytes(commandId == AddOrUpdateWiFiNetwork ? 0 : 1, WiFiNetwork.MaxSsidLength);
                    _idOffset = fields.ValueOffset;
                }
                else if (fields.Tag == 1 && commandId == AddOrUpdateWiFiNetwork)
                {
                    present |= 2;
                    _credentialsLength = fields.GetBytes(0, WiFiNetwork.MaxCredentialsLength);
                    _credentialsOffset = fields.ValueOffset;
                }
                else if (fields.Tag == 1 && commandId == ReorderNetwork)
                {
                    present |= 2;
                    _index = (int)fields.GetUnsigned(0xFF);
                }
            }

            fields.Exit();
            return fields.Error != 0 || (present & required) != required ? ImStatus.OfRefusedFields(fields.Error) : ImStatus.Success;
        }
    }
}
