using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>Goes through the AttributeReportIBs of all ReportData messages that a client has received, one by one.</summary>
    internal sealed class ReportReader : ReportDataReader
    {
        public ReportReader(InteractionClient client)
            : base(client, 1)
        {
        }

        public int Endpoint { get; private set; }

        public uint Cluster { get; private set; }

        public uint Attribute { get; private set; }

        /// <summary>True if the report appends to a list.</summary>
        public bool IsAppend { get; private set; }

        public uint Version { get; private set; }

        /// <summary>Stands on the data, if the report holds any.</summary>
        public TlvReader Value { get; } = new TlvReader();

        /// <summary>Moves on to the next report about an attribute.</summary>
        public bool Next(int endpoint, uint cluster, uint attribute)
        {
            while (Next())
            {
                if (Endpoint == endpoint && Cluster == cluster && Attribute == attribute) return true;
            }
            return false;
        }

        /// <summary>Number of reports from here on, appends not counted.</summary>
        public int CountAll()
        {
            int count = 0;
            while (Next())
            {
                if (!IsAppend) count++;
            }
            return count;
        }

        /// <summary>The number or, as 0 or 1, the boolean of an attribute in the last report from here on; -1 without one.</summary>
        public long Last(int endpoint, uint cluster, uint attribute)
        {
            long value = -1;
            while (Next(endpoint, cluster, attribute))
            {
                if (Status >= 0) continue;
                value = Value.Type != TlvType.Boolean ? (long)Value.GetUnsigned(0xFFFFFFFF) : Value.GetBoolean() ? 1 : 0;
            }
            return value;
        }

        /// <summary>Items of a list put together from here on: array and appends. -1 without a report.</summary>
        public int CountItems(int endpoint, uint cluster, uint attribute)
        {
            int count = -1;
            while (Next(endpoint, cluster, attribute))
            {
                if (IsAppend)
                {
                    count++;
                }
                else
                {
                    count = 0;
                    Value.Enter();
                    while (Value.Next()) count++;
                }
            }
            return count;
        }

        protected override void Parse()
        {
            TlvReader reader = Reader;
            Version = 0;
            IsAppend = false;
            Endpoint = -1;
            reader.Enter();
            reader.Next();
            bool isStatus = reader.Tag == 0;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == (isStatus ? 0 : 1)) ParsePath();
                else if (isStatus) ParseStatus();
                else if (reader.Tag == 0) Version = (uint)reader.GetUnsigned(0xFFFFFFFF);
                else if (reader.Tag == 2) Value.CopyFrom(reader);
                else throw new Exception("unexpected member");
            }
            reader.Exit();
            reader.Exit();
            if (reader.Error != 0 || Endpoint < 0) throw new Exception("malformed report");
        }

        protected override void ParsePathMember()
        {
            TlvReader reader = Reader;
            switch (reader.Tag)
            {
                case 2: Endpoint = (int)reader.GetUnsigned(0xFFFF); break;
                case 3: Cluster = (uint)reader.GetUnsigned(0xFFFFFFFF); break;
                case 4: Attribute = (uint)reader.GetUnsigned(0xFFFFFFFF); break;
                case 5: IsAppend = reader.Type == TlvType.Null; break;
            }
        }
    }
}
