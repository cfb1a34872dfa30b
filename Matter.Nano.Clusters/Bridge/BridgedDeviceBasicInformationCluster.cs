using System;
using System.Text;
using Matter.Nano.Crypto;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Bridged Device Basic Information (Matter Core 9.13): what a bridge knows about one thing behind it.</summary>
    public sealed class BridgedDeviceBasicInformationCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0039;

        /// <summary>Longest NodeLabel in bytes of UTF-8.</summary>
        public const int MaxNodeLabelLength = 32;

        private const int MaxNameLength = 32;
        private const int MaxVersionLength = 64;
        private const int UniqueIdLength = 32;

        private const uint VendorNameId = 0x0001;
        private const uint ProductNameId = 0x0003;
        private const uint NodeLabelId = 0x0005;
        private const uint SoftwareVersionStringId = 0x000A;
        private const uint SerialNumberId = 0x000F;
        private const uint ReachableId = 0x0011;
        private const uint UniqueIdId = 0x0012;
        private const uint ReachableChanged = 0x03;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x01, Access.ReadView, Quality.Fixed | Quality.Optional,
            0x00, 0x03, Access.ReadView, Quality.Fixed | Quality.Optional,
            0x00, 0x05, Access.ReadView | Access.WriteManage, Quality.NonVolatile,
            0x00, 0x0A, Access.ReadView, Quality.Fixed | Quality.Optional,
            0x00, 0x0F, Access.ReadView, Quality.Fixed | Quality.Optional,
            0x00, 0x11, Access.ReadView, Quality.None,
            0x00, 0x12, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] EventTable = { 0x03, EventAccess.View | EventAccess.Info };

        private readonly byte[] _uniqueId = new byte[UniqueIdLength];
        private readonly byte[] _nodeLabel = new byte[MaxNodeLabelLength];
        private int _nodeLabelLength;
        private byte[] _vendorName; // these are null where unknown
        private byte[] _productName;
        private byte[] _softwareVersion;
        private byte[] _serialNumber;

        /// <summary>Creates the cluster; the thing can be reached. Throws if the label is too long.</summary>
        /// <param name="basicInformation">The bridge's own: UniqueID comes from its and from <paramref name="id"/>, so that a factory reset renews both.</param>
        /// <param name="id">What tells the thing from all others behind this bridge for ever, such as its address; not shown.</param>
        /// <param name="nodeLabel">NodeLabel of a thing that controllers have not renamed, up to 32 bytes in UTF-8.</param>
        public BridgedDeviceBasicInformationCluster(BasicInformationCluster basicInformation, string id, string nodeLabel)
            : base(ClusterId, 6, 0, AttributeTable, null, EventTable)
        {
            byte[] label = Text(nodeLabel, MaxNodeLabelLength);
            Array.Copy(label, 0, _nodeLabel, 0, label.Length);
            _nodeLabelLength = label.Length;
            MakeUniqueId(basicInformation.UniqueId, Encoding.UTF8.GetBytes(id));
        }

        /// <summary>True while the bridge reaches the thing.</summary>
        public bool IsReachable { get; private set; } = true;

        /// <summary>Who made it, up to 32 bytes in UTF-8; to be set before the node starts if known.</summary>
        public string VendorName { set { _vendorName = Text(value, MaxNameLength); } }

        /// <summary>What it is called, up to 32 bytes in UTF-8; to be set before the node starts if known.</summary>
        public string ProductName { set { _productName = Text(value, MaxNameLength); } }

        /// <summary>Its software version, 1 to 64 bytes in UTF-8; to be set before the node starts if known.</summary>
        public string SoftwareVersionString { set { _softwareVersion = Text(value, MaxVersionLength); } }

        /// <summary>Its serial number, up to 32 bytes in UTF-8; to be set before the node starts if known.</summary>
        public string SerialNumber { set { _serialNumber = Text(value, MaxNameLength); } }

        /// <summary>Tells whether the bridge reaches the thing. A change is reported and recorded as an event.</summary>
        /// <param name="isReachable">True if it does.</param>
        public void SetReachable(bool isReachable)
        {
            if (IsReachable == isReachable)
            {
                return;
            }

            IsReachable = isReachable;
            Changed(ReachableId);
            BeginEvent(ReachableChanged).PutBoolean(0, isReachable);
            EndEvent();
        }

        /// <inheritdoc/>
        public override bool Has(uint attributeId)
        {
            return OptionalText(attributeId) != null;
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case NodeLabelId:
                    writer.PutString(tag, _nodeLabel, 0, _nodeLabelLength);
                    break;
                case ReachableId:
                    writer.PutBoolean(tag, IsReachable);
                    break;
                case UniqueIdId:
                    writer.PutString(tag, _uniqueId, 0, UniqueIdLength);
                    break;
                default:
                    byte[] text = OptionalText(attributeId);
                    if (text == null)
                    {
                        return ImStatus.UnsupportedAttribute;
                    }

                    writer.PutString(tag, text, 0, text.Length);
                    break;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            int length = value.GetString(0, MaxNodeLabelLength);
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            if (length != _nodeLabelLength || !ConstantTime.Equals(value.Buffer, value.ValueOffset, _nodeLabel, 0, length))
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
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag == (int)NodeLabelId)
                {
                    int length = reader.GetString(0, MaxNodeLabelLength);
                    if (reader.Error == 0)
                    {
                        Array.Copy(reader.Buffer, reader.ValueOffset, _nodeLabel, 0, length);
                        _nodeLabelLength = length;
                    }
                }
            }
        }

        private static byte[] Text(string text, int maximum)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > maximum)
            {
                throw new ArgumentException(text);
            }

            return bytes;
        }

        private byte[] OptionalText(uint attributeId)
        {
            switch (attributeId)
            {
                case VendorNameId:
                    return _vendorName;
                case ProductNameId:
                    return _productName;
                case SoftwareVersionStringId:
                    return _softwareVersion;
                case SerialNumberId:
                    return _serialNumber;
                default:
                    return null;
            }
        }

        private void MakeUniqueId(byte[] bridge, byte[] id)
        {
            Sha256 hash = new Sha256();
            byte[] digest = new byte[Sha256.HashLength];
            hash.Start();
            hash.Update(bridge, 0, bridge.Length);
            hash.Update(id, 0, id.Length);
            hash.Finish(digest, 0);
            for (int i = 0; i < UniqueIdLength; i++)
            {
                int digit = (i & 1) == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15;
                _uniqueId[i] = (byte)(digit < 10 ? '0' + digit : 'A' - 10 + digit);
            }
        }
    }
}
