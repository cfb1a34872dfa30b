using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests
{
    /// <summary>Goes through the EventReportIBs of all ReportData messages that a client has received, one by one.</summary>
    internal sealed class EventReader : ReportDataReader
    {
        public EventReader(InteractionClient client)
            : base(client, 2)
        {
        }

        public int Endpoint { get; private set; }

        public uint Cluster { get; private set; }

        public uint Event { get; private set; }

        public ulong Number { get; private set; }

        public int Priority { get; private set; }

        /// <summary>EpochTimestamp in µs; 0 without one.</summary>
        public ulong Epoch { get; private set; }

        /// <summary>SystemTimestamp in ms; -1 without one.</summary>
        public long System { get; private set; }

        /// <summary>Stands on the fields, a structure.</summary>
        public TlvReader Fields { get; } = new TlvReader();

        /// <summary>Moves on to the next event of an id.</summary>
        public bool Next(int endpoint, uint cluster, uint eventId)
        {
            while (Next())
            {
                if (Status < 0 && Endpoint == endpoint && Cluster == cluster && Event == eventId) return true;
            }
            return false;
        }

        /// <summary>Number of events from here on; fails if they are not in the order of their numbers.</summary>
        public int CountAll()
        {
            int count = 0;
            ulong last = 0;
            while (Next())
            {
                if (Status >= 0) continue;
                if (count++ > 0 && Number <= last) throw new Exception("events out of order");
                last = Number;
            }
            return count;
        }

        /// <summary>A number among the fields; -1 without one.</summary>
        public long Field(int tag)
        {
            TlvReader fields = Find(tag);
            return fields == null || fields.Type != TlvType.UnsignedInteger ? -1 : (long)fields.GetUnsigned(ulong.MaxValue);
        }

        /// <summary>A reader that stands on a field; null without it.</summary>
        public TlvReader Find(int tag)
        {
            TlvReader fields = new TlvReader();
            fields.CopyFrom(Fields);
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag == tag) return fields;
            }
            return null;
        }

        protected override void Parse()
        {
            TlvReader reader = Reader;
            Number = 0;
            Epoch = 0;
            System = -1;
            Priority = -1;
            Endpoint = -1;
            reader.Enter();
            reader.Next();
            bool isStatus = reader.Tag == 0;
            reader.Enter();
            while (reader.Next())
            {
                if (reader.Tag == 0)
                {
                    ParsePath();
                    continue;
                }
                if (isStatus)
                {
                    ParseStatus();
                    continue;
                }
                switch (reader.Tag)
                {
                    case 1: Number = reader.GetUnsigned(ulong.MaxValue); break;
                    case 2: Priority = (int)reader.GetUnsigned(2); break;
                    case 3: Epoch = reader.GetUnsigned(ulong.MaxValue); break;
                    case 4: System = (long)reader.GetUnsigned(long.MaxValue); break;
                    case 7: Fields.CopyFrom(reader); break;
                    default: throw new Exception("unexpected member");
                }
            }
            reader.Exit();
            reader.Exit();
            if (reader.Error != 0 || Endpoint < 0) throw new Exception("malformed event report");
            if (!isStatus && (Fields.Type != TlvType.Structure || (Epoch == 0) == (System < 0))) throw new Exception("malformed event");
        }

        protected override void ParsePathMember()
        {
            TlvReader reader = Reader;
            switch (reader.Tag)
            {
                case 1: Endpoint = (int)reader.GetUnsigned(0xFFFF); break;
                case 2: Cluster = (uint)reader.GetUnsigned(0xFFFFFFFF); break;
                case 3: Event = (uint)reader.GetUnsigned(0xFFFFFFFF); break;
            }
        }
    }
}
