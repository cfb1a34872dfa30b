using System;
using System.Text;
using Matter.Nano.Crypto;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Basic Information (Matter Core 11.1), reporting Matter 1.6.0.</summary>
    public sealed class BasicInformationCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0028;

        /// <summary>Longest NodeLabel in bytes.</summary>
        public const int MaxNodeLabelLength = 32;

        /// <summary>Length of a unique id in bytes before it is written as hex text.</summary>
        public const int UniqueIdLength = 16;

        private const uint DataModelRevisionId = 0x0000;
        private const uint VendorNameId = 0x0001;
        private const uint VendorIdId = 0x0002;
        private const uint ProductNameId = 0x0003;
        private const uint ProductIdId = 0x0004;
        private const uint NodeLabelId = 0x0005;
        private const uint LocationId = 0x0006;
        private const uint HardwareVersionId = 0x0007;
        private const uint HardwareVersionStringId = 0x0008;
        private const uint SoftwareVersionId = 0x0009;
        private const uint SoftwareVersionStringId = 0x000A;
        private const uint SerialNumberId = 0x000F;
        private const uint UniqueIdId = 0x0012;
        private const uint CapabilityMinimaId = 0x0013;
        private const uint SpecificationVersionId = 0x0015;
        private const uint MaxPathsPerInvokeId = 0x0016;
        private const uint ConfigurationVersionId = 0x0018;

        private const uint StartUp = 0x00;
        private const uint ShutDown = 0x01;
        private const uint Leave = 0x02;

        private const int LocationLength = 2;

        // Of commands that go on over several Polls, and of writes in several messages, one runs at a time.
        private const int SimultaneousInvocations = 1;
        private const int SimultaneousWrites = 1;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.Fixed,
            0x00, 0x01, Access.ReadView, Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x04, Access.ReadView, Quality.Fixed,
            0x00, 0x05, Access.ReadView | Access.WriteManage, Quality.NonVolatile,
            0x00, 0x06, Access.ReadView | Access.WriteAdminister, Quality.NonVolatile,
            0x00, 0x07, Access.ReadView, Quality.Fixed,
            0x00, 0x08, Access.ReadView, Quality.Fixed,
            0x00, 0x09, Access.ReadView, Quality.Fixed,
            0x00, 0x0A, Access.ReadView, Quality.Fixed,
            0x00, 0x0F, Access.ReadView, Quality.Fixed | Quality.Optional,
            0x00, 0x12, Access.ReadView, Quality.Fixed,
            0x00, 0x13, Access.ReadView, Quality.Fixed,
            0x00, 0x15, Access.ReadView, Quality.Fixed,
            0x00, 0x16, Access.ReadView, Quality.Fixed,
            0x00, 0x18, Access.ReadView, Quality.NonVolatile,
        };

        private static readonly byte[] EventTable =
        {
            0x00, EventAccess.View | EventAccess.Critical,
            0x01, EventAccess.View | EventAccess.Critical,
            0x02, EventAccess.View | EventAccess.Info,
        };

        private readonly ProductInformation _product;
        private readonly byte[] _vendorName;
        private readonly byte[] _productName;
        private readonly byte[] _hardwareVersion;
        private readonly byte[] _softwareVersion;
        private readonly byte[] _serialNumber;
        private readonly byte[] _uniqueId;
        private readonly byte[] _nodeLabel = new byte[MaxNodeLabelLength];
        private readonly byte[] _location = { (byte)'X', (byte)'X' };
        private readonly byte[] _keptLocation = { (byte)'X', (byte)'X' }; // differs under the fail-safe only
        private int _nodeLabelLength;

        /// <summary>Creates the cluster; throws if a text is longer or shorter than its attribute allows.</summary>
        /// <param name="product">What the product is.</param>
        /// <param name="uniqueId">Holds 16 bytes of the node's own, not derived from anything else; shown as hex.</param>
        public BasicInformationCluster(ProductInformation product, byte[] uniqueId)
            : base(ClusterId, 6, 0, AttributeTable, null, EventTable)
        {
            _product = product;
            _vendorName = Text(product.VendorName, 0, 32);
            _productName = Text(product.ProductName, 0, 32);
            _hardwareVersion = Text(product.HardwareVersionString, 1, 64);
            _softwareVersion = Text(product.SoftwareVersionString, 1, 64);
            _serialNumber = product.SerialNumber == null ? null : Text(product.SerialNumber, 0, 32);
            _uniqueId = new byte[2 * UniqueIdLength];
            for (int i = 0; i < UniqueIdLength; i++)
            {
                _uniqueId[2 * i] = HexDigit(uniqueId[i] >> 4);
                _uniqueId[(2 * i) + 1] = HexDigit(uniqueId[i] & 15);
            }
        }

        /// <summary>UniqueID as it is shown, 32 bytes of text; not to be changed. New after a factory reset.</summary>
        public byte[] UniqueId { get { return _uniqueId; } }

        /// <summary>The node starts.</summary>
        public void Started()
        {
            BeginEvent(StartUp).PutUnsigned(0, _product.SoftwareVersion);
            EndEvent();
        }

        /// <summary>The node is about to stop.</summary>
        public void Stopping()
        {
            BeginEvent(ShutDown);
            EndEvent();
        }

        /// <summary>The node left a fabric.</summary>
        /// <param name="fabricIndex">Index of the fabric.</param>
        public void Left(int fabricIndex)
        {
            BeginEvent(Leave).PutUnsigned(0, (ulong)fabricIndex);
            EndEvent();
        }

        /// <summary>Changes Location, as SetRegulatoryConfig does.</summary>
        /// <param name="buffer">Holds two ASCII letters.</param>
        /// <param name="offset">Where they start.</param>
        /// <param name="isStaged">True under the fail-safe: <see cref="KeepLocation"/> or <see cref="RestoreLocation"/> follows.</param>
        internal void SetLocation(byte[] buffer, int offset, bool isStaged)
        {
            if (!isStaged)
            {
                Array.Copy(buffer, offset, _keptLocation, 0, LocationLength);
            }

            if (!ConstantTime.Equals(buffer, offset, _location, 0, LocationLength))
            {
                Array.Copy(buffer, offset, _location, 0, LocationLength);
                Changed(LocationId);
            }
        }

        /// <summary>The fail-safe is over: the Location in force is for good.</summary>
        internal void KeepLocation()
        {
            Array.Copy(_location, 0, _keptLocation, 0, LocationLength);
            Changed(LocationId);
        }

        /// <summary>The fail-safe expired: the Location is that of before.</summary>
        internal void RestoreLocation()
        {
            SetLocation(_keptLocation, 0, false);
        }

        /// <inheritdoc/>
        public override void PartsChanged()
        {
            Changed(ConfigurationVersionId);
        }

        /// <inheritdoc/>
        public override bool Has(uint attributeId)
        {
            return attributeId != SerialNumberId || _serialNumber != null;
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case DataModelRevisionId:
                    writer.PutUnsigned(tag, Revisions.DataModel);
                    break;
                case VendorNameId:
                    PutText(writer, tag, _vendorName);
                    break;
                case VendorIdId:
                    writer.PutUnsigned(tag, (ulong)_product.VendorId);
                    break;
                case ProductNameId:
                    PutText(writer, tag, _productName);
                    break;
                case ProductIdId:
                    writer.PutUnsigned(tag, (ulong)_product.ProductId);
                    break;
                case NodeLabelId:
                    writer.PutString(tag, _nodeLabel, 0, _nodeLabelLength);
                    break;
                case LocationId:
                    PutText(writer, tag, _location);
                    break;
                case HardwareVersionId:
                    writer.PutUnsigned(tag, (ulong)_product.HardwareVersion);
                    break;
                case HardwareVersionStringId:
                    PutText(writer, tag, _hardwareVersion);
                    break;
                case SoftwareVersionId:
                    writer.PutUnsigned(tag, _product.SoftwareVersion);
                    break;
                case SoftwareVersionStringId:
                    PutText(writer, tag, _softwareVersion);
                    break;
                case SerialNumberId:
                    PutText(writer, tag, _serialNumber);
                    break;
                case UniqueIdId:
                    PutText(writer, tag, _uniqueId);
                    break;
                case CapabilityMinimaId:
                    PutCapabilityMinima(writer, tag);
                    break;
                case SpecificationVersionId:
                    writer.PutUnsigned(tag, Revisions.Specification);
                    break;
                case MaxPathsPerInvokeId:
                    writer.PutUnsigned(tag, Limits.PathsPerInvoke);
                    break;
                case ConfigurationVersionId:
                    writer.PutUnsigned(tag, Endpoint.Model.ConfigurationVersion);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            bool isLabel = attributeId == NodeLabelId;
            int length = isLabel ? value.GetString(0, MaxNodeLabelLength) : value.GetString(LocationLength, LocationLength);
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            if (!isLabel)
            {
                SetLocation(value.Buffer, value.ValueOffset, false);
            }
            else if (length != _nodeLabelLength || !ConstantTime.Equals(value.Buffer, value.ValueOffset, _nodeLabel, 0, length))
            {
                Array.Copy(value.Buffer, value.ValueOffset, _nodeLabel, 0, length);
                _nodeLabelLength = length;
                Changed(NodeLabelId);
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            writer.PutString((int)NodeLabelId, _nodeLabel, 0, _nodeLabelLength);
            writer.PutString((int)LocationId, _keptLocation, 0, LocationLength);
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)NodeLabelId)
                {
                    _nodeLabelLength = reader.GetString(0, MaxNodeLabelLength);
                    Array.Copy(reader.Buffer, reader.ValueOffset, _nodeLabel, 0, _nodeLabelLength);
                }
                else if (reader.Tag == (int)LocationId && reader.GetString(LocationLength, LocationLength) == LocationLength)
                {
                    Array.Copy(reader.Buffer, reader.ValueOffset, _location, 0, LocationLength);
                    Array.Copy(_location, 0, _keptLocation, 0, LocationLength);
                }
            }
        }

        private static byte[] Text(string text, int minimum, int maximum)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length < minimum || bytes.Length > maximum)
            {
                throw new ArgumentException(text);
            }

            return bytes;
        }

        private static byte HexDigit(int value)
        {
            return (byte)(value < 10 ? '0' + value : 'A' - 10 + value);
        }

        private static void PutText(TlvWriter writer, int tag, byte[] text)
        {
            writer.PutString(tag, text, 0, text.Length);
        }

        private static void PutCapabilityMinima(TlvWriter writer, int tag)
        {
            writer.StartStructure(tag);
            writer.PutUnsigned(0, Limits.SessionsPerFabric);
            writer.PutUnsigned(1, Limits.SubscriptionsPerFabric);
            writer.PutUnsigned(2, SimultaneousInvocations);
            writer.PutUnsigned(3, SimultaneousWrites);
            writer.PutUnsigned(4, Limits.PathsPerRead);
            writer.PutUnsigned(5, Limits.PathsPerSubscription);
            writer.EndContainer();
        }
    }
}
