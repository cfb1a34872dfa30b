using System;
using Matter.Nano.Platform;

namespace Matter.Nano.Discovery
{
    /// <summary>
    /// What the responder can say: row 0 is the host, each further row a service instance; each row has records of
    /// several kinds, and a set of them is a bit mask. When they are said is the responder's business.
    /// </summary>
    internal sealed class MdnsZone
    {
        /// <summary>Row of the host's own records.</summary>
        internal const int HostRow = 0;

        // Kinds of the host row.
        internal const int HostA = 0;
        internal const int HostAaaa = 1;
        internal const int HostNsec = 2;

        // Kinds of a service row; a subtype's kind is FirstSubtype + its index.
        internal const int Srv = 0;
        internal const int Txt = 1;
        internal const int Nsec = 2;
        internal const int Meta = 3;
        internal const int TypePtr = 4;
        internal const int FirstSubtype = 5;

        /// <summary>Kinds that lead to an instance.</summary>
        internal const int PointerKinds = -1 << TypePtr;

        /// <summary>Kinds that other hosts may answer for too: their answers wait a little (RFC 6762 section 6).</summary>
        internal const int SharedKinds = PointerKinds | 1 << Meta;

        /// <summary>Length of an operational instance's label: two ids in hexadecimal digits.</summary>
        internal const int OperationalNameLength = 33;

        private const int HostKinds = HostNsec + 1;
        private const int MaxSubtypes = 5;
        private const int OperationalSubtypes = 1;
        private const int SubtypeDepth = 5; // _X._sub._matter._tcp.local
        private const int CommissionableRows = 2; // the present one and its predecessor's goodbye
        private const int DiscriminatorBits = 12;
        private const int InstanceIdLength = 8;
        private const int MaxIntervalMs = 3600000;
        private const int IntervalsTxtLength = 12 + 12 + 10 + 4; // SII, SAI, SAT, T
        private const int CommissionableTxtLength = IntervalsTxtLength + 7 + 5 + 15 + 14 + 4 + 14 + 4; // and the two texts

        private readonly MdnsOptions _options;
        private readonly IRandom _random;
        private readonly DnsName _host;
        private readonly DnsName _meta;
        private readonly DnsName _commissionableSubtype; // each in turn
        private readonly DnsName _operationalSubtype; // likewise
        private readonly MdnsService[] _services;
        private readonly byte[] _scratch = new byte[InstanceIdLength];
        private readonly byte[] _operationalName = new byte[OperationalNameLength];

        internal MdnsZone(MdnsOptions options, IRandom random)
        {
            if (!IsValid(options))
                throw new ArgumentException();
            _options = options;
            _random = random;
            DnsName local = new DnsName("local", null);
            DnsName udp = new DnsName("_udp", local);
            _meta = new DnsName("_services", new DnsName("_dns-sd", udp));
            _host = new DnsName(16, local);
            _host.Length = DnsText.PutHex(_host.Label, 0, options.HostId, 0, options.HostId.Length);
            DnsName commissionable = new DnsName("_matterc", udp);
            DnsName operational = new DnsName("_matter", new DnsName("_tcp", local));
            _commissionableSubtype = new DnsName(12, new DnsName("_sub", commissionable));
            _operationalSubtype = new DnsName("_I0123456789ABCDEF", new DnsName("_sub", operational));
            int txtCapacity = CommissionableTxtLength
                + (options.DeviceName == null ? 0 : options.DeviceName.Length)
                + (options.PairingInstruction == null ? 0 : options.PairingInstruction.Length);
            byte[] operationalTxt = new byte[IntervalsTxtLength];
            _services = new MdnsService[CommissionableRows + options.FabricCapacity + 1];
            for (int i = 0; i < _services.Length; i++)
            {
                _services[i] = i < CommissionableRows
                    ? new MdnsService(commissionable, 2 * InstanceIdLength, new byte[txtCapacity])
                    : new MdnsService(operational, OperationalNameLength, operationalTxt);
            }
        }

        /// <summary>Number of rows.</summary>
        internal int RowCount { get { return _services.Length + 1; } }

        /// <summary>The host's name.</summary>
        internal DnsName Host { get { return _host; } }

        /// <summary>The type of operational instances.</summary>
        internal DnsName OperationalType { get { return _services[CommissionableRows].Type; } }

        /// <summary>The name that asks for all service types.</summary>
        internal DnsName MetaQuery { get { return _meta; } }

        /// <summary>The node's port.</summary>
        internal int Port { get { return _options.Port; } }

        /// <summary>Where a row's records start if those of all rows are numbered: a row's kinds from here on.</summary>
        internal static int FirstRecord(int row)
        {
            if (row == HostRow)
                return 0;
            int commissionable = row - 1 < CommissionableRows ? row - 1 : CommissionableRows;
            int operational = row - 1 - commissionable;
            return HostKinds + commissionable * (FirstSubtype + MaxSubtypes) + operational * (FirstSubtype + OperationalSubtypes);
        }

        /// <summary>Gives the host a new random name of the same form: another has the present one.</summary>
        internal void RenameHost()
        {
            int length = _options.HostId.Length;
            _random.Fill(_scratch, 0, length);
            DnsText.PutHex(_host.Label, 0, _scratch, 0, length);
        }

        /// <summary>True once the host's own records are taken back.</summary>
        internal bool IsHostWithdrawn { get; set; }

        /// <summary>True if a row's records are only sent as goodbyes.</summary>
        internal bool IsWithdrawn(int row)
        {
            return row == HostRow ? IsHostWithdrawn : _services[row - 1].State != MdnsService.Active;
        }

        /// <summary>The service of a row from 1 on.</summary>
        internal MdnsService GetService(int row)
        {
            return _services[row - 1];
        }

        /// <summary>Number of subtypes of a service's row.</summary>
        internal int SubtypeCount(int row)
        {
            if (row > CommissionableRows)
                return OperationalSubtypes;
            return _options.DeviceType != 0 ? MaxSubtypes : MaxSubtypes - 1;
        }

        /// <summary>A subtype of a service's row; the name is another's after the next call.</summary>
        internal DnsName GetSubtype(int row, int index)
        {
            MdnsService service = _services[row - 1];
            if (row > CommissionableRows)
            {
                Array.Copy(service.Instance.Label, 0, _operationalSubtype.Label, 2, 2 * InstanceIdLength);
                _operationalSubtype.WrittenIn = 0;
                return _operationalSubtype;
            }
            int discriminator = service.Key & (1 << DiscriminatorBits) - 1;
            switch (index)
            {
                case 0:
                    return Subtype("_L", discriminator);
                case 1:
                    return Subtype("_S", discriminator >> 8);
                case 2:
                    return Subtype("_V", _options.VendorId);
                case 3:
                    return Subtype("_CM", -1);
                default:
                    return Subtype("_T", _options.DeviceType);
            }
        }

        /// <summary>The pointer of a service's row that has the name read last, as a mask; 0 if none has.</summary>
        internal int FindPointer(int row, DnsReader name)
        {
            if (name.NameEquals(_services[row - 1].Type))
                return 1 << TypePtr;
            int count = name.LabelCount == SubtypeDepth ? SubtypeCount(row) : 0;
            for (int i = 0; i < count; i++)
            {
                if (name.NameEquals(GetSubtype(row, i)))
                    return 1 << (FirstSubtype + i);
            }
            return 0;
        }

        /// <summary>True if a service is advertised with this mode and discriminator.</summary>
        internal bool IsCommissionable(int row, int mode, int discriminator)
        {
            return _services[row - 1].Key == (mode << DiscriminatorBits | discriminator);
        }

        /// <summary>The records of a service's row that are announced, and taken back by a goodbye.</summary>
        internal int AnnouncedKinds(int row)
        {
            int subtypes = (1 << SubtypeCount(row)) - 1;
            return 1 << TypePtr | subtypes << FirstSubtype | 1 << Srv | 1 << Txt;
        }

        /// <summary>The row of the active commissionable service, or 0.</summary>
        internal int FindCommissionable()
        {
            return Find(0, CommissionableRows, -1);
        }

        /// <summary>The row of a fabric's active operational service, or 0.</summary>
        internal int FindOperational(int fabricIndex)
        {
            return Find(CommissionableRows, _services.Length, fabricIndex);
        }

        /// <summary>Fills a row with a commissionable service under a new random instance name. Returns the row.</summary>
        internal int AddCommissionable(int mode, int discriminator)
        {
            int row = TakeRow(0, CommissionableRows);
            MdnsService service = _services[row - 1];
            _random.Fill(_scratch, 0, InstanceIdLength);
            service.Instance.Length = DnsText.PutHex(service.Instance.Label, 0, _scratch, 0, InstanceIdLength);
            service.Key = mode << DiscriminatorBits | discriminator;
            service.ClearTxt();
            service.AddTxt("D=", discriminator);
            service.AddTxt("CM=", mode);
            service.AddTxt("VP=", _options.VendorId, _options.ProductId);
            if (_options.DeviceType != 0)
                service.AddTxt("DT=", _options.DeviceType);
            service.AddTxt("DN=", _options.DeviceName);
            if (_options.PairingHint != 0)
                service.AddTxt("PH=", _options.PairingHint);
            service.AddTxt("PI=", _options.PairingInstruction);
            AddIntervals(service);
            return row;
        }

        /// <summary>Fills a row with an operational service. Returns the row, or 0 if all are active.</summary>
        internal int AddOperational(int fabricIndex, byte[] compressedFabricId, ulong nodeId)
        {
            int row = TakeRow(CommissionableRows, _services.Length);
            if (row == 0)
                return 0;
            MdnsService service = _services[row - 1];
            service.Key = fabricIndex;
            service.Instance.Length = PutOperationalName(service.Instance.Label, compressedFabricId, nodeId);
            service.ClearTxt();
            AddIntervals(service);
            return row;
        }

        /// <summary>True if a row's instance is that of a fabric and node.</summary>
        internal bool IsOperational(int row, byte[] compressedFabricId, ulong nodeId)
        {
            byte[] name = _operationalName;
            PutOperationalName(name, compressedFabricId, nodeId);
            byte[] label = _services[row - 1].Instance.Label;
            for (int i = 0; i < OperationalNameLength; i++)
            {
                if (name[i] != label[i])
                    return false;
            }
            return true;
        }

        private DnsName Subtype(string prefix, int number)
        {
            DnsName subtype = _commissionableSubtype;
            int length = DnsText.PutText(subtype.Label, 0, prefix);
            subtype.Length = number < 0 ? length : DnsText.PutDecimal(subtype.Label, length, number);
            subtype.WrittenIn = 0;
            return subtype;
        }

        private static bool IsValid(MdnsOptions options)
        {
            byte[] host = options.HostId;
            byte[] name = options.DeviceName;
            byte[] instruction = options.PairingInstruction;
            return host != null && (host.Length == 6 || host.Length == 8)
                && (name == null || name.Length <= MdnsOptions.MaxDeviceNameLength)
                && (instruction == null || instruction.Length <= MdnsOptions.MaxPairingInstructionLength)
                && (ushort)options.VendorId == options.VendorId && (ushort)options.ProductId == options.ProductId
                && (ushort)options.ActiveThresholdMs == options.ActiveThresholdMs
                && options.IdleIntervalMs >= 0 && options.IdleIntervalMs <= MaxIntervalMs
                && options.ActiveIntervalMs >= 0 && options.ActiveIntervalMs <= MaxIntervalMs;
        }

        private void AddIntervals(MdnsService service)
        {
            service.AddTxt("SII=", _options.IdleIntervalMs);
            service.AddTxt("SAI=", _options.ActiveIntervalMs);
            service.AddTxt("SAT=", _options.ActiveThresholdMs);
            service.AddTxt("T=", 0); // no TCP
        }

        private int Find(int from, int to, int key)
        {
            for (int i = from; i < to; i++)
            {
                MdnsService service = _services[i];
                if (service.State == MdnsService.Active && (key < 0 || service.Key == key))
                    return i + 1;
            }
            return 0;
        }

        /// <summary>A free row, or else one whose goodbye then goes unsaid. Returns 0 if all are active.</summary>
        private int TakeRow(int from, int to)
        {
            int found = 0;
            for (int i = from; i < to; i++)
            {
                if (_services[i].State == MdnsService.Free)
                    return i + 1;
                if (_services[i].State == MdnsService.Leaving)
                    found = i + 1;
            }
            return found;
        }

        /// <summary>Writes an operational instance's label. Returns its length.</summary>
        internal int PutOperationalName(byte[] output, byte[] compressedFabricId, ulong nodeId)
        {
            int length = DnsText.PutHex(output, 0, compressedFabricId, 0, 8);
            output[length++] = (byte)'-';
            for (int i = 0; i < 8; i++)
                _scratch[i] = (byte)(nodeId >> (56 - 8 * i));
            return DnsText.PutHex(output, length, _scratch, 0, 8);
        }

        /// <summary>True if no earlier row has the same service type: the meta query names each type once.</summary>
        internal bool IsFirstOfType(int row)
        {
            for (int i = 1; i < row; i++)
            {
                MdnsService service = _services[i - 1];
                if (service.State == MdnsService.Active && service.Type == _services[row - 1].Type)
                    return false;
            }
            return true;
        }
    }
}
