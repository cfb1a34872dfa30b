using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Writes AttributeReportIBs into a message until it is full. A list that does not fit into what is left of a message
    /// goes into the next one; one longer than a message begins with the items that fit, the others follow each as an append.
    /// </summary>
    internal sealed class AttributeReportWriter
    {
        // Ends of AttributeDataIB's array, AttributeDataIB and AttributeReportIB.
        private const int ListEndLength = 3;

        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;

        // Where the message begins in its buffer, and its length when it holds no report yet.
        private int _offset;
        private int _emptyLength;

        /// <summary>Creates it.</summary>
        /// <param name="writer">Writes the messages.</param>
        /// <param name="context">Names the reader to the clusters.</param>
        public AttributeReportWriter(TlvWriter writer, InteractionContext context)
        {
            _writer = writer;
            _context = context;
        }

        /// <summary>True if no report has been written since <see cref="Start"/>.</summary>
        public bool IsEmpty { get { return _writer.Length == _emptyLength; } }

        /// <summary>Begins with a message whose array of reports has just been opened.</summary>
        /// <param name="slot">The message.</param>
        public void Start(OutboxSlot slot)
        {
            _offset = slot.PayloadOffset;
            _emptyLength = _writer.Length;
        }

        /// <summary>Writes a report of an attribute, or the next part of it. One that the cluster cannot read is left out of wildcards.</summary>
        /// <param name="cursor">Keeps the place in a list.</param>
        /// <param name="cluster">The cluster.</param>
        /// <param name="row">The attribute's row in it.</param>
        /// <param name="isConcrete">True if the path names it: then an error is reported.</param>
        /// <returns>False if the message is full: to be called again with the next one.</returns>
        public bool WriteAttribute(ReportCursor cursor, Cluster cluster, int row, bool isConcrete)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            int status;
            cursor.IsInCluster = true;
            _context.EndpointId = cluster.Endpoint.Id;
            if ((cluster.GetQuality(row) & Quality.List) != 0)
            {
                status = WriteList(cursor, cluster, row);
                if (status == ImStatus.Pending)
                {
                    return false;
                }
            }
            else
            {
                StartData(cluster, row, false);
                status = cluster.ReadRow(row, writer, 2, _context);
                EndData();
                if (writer.Error != 0)
                {
                    writer.Rewind(mark);
                    if (mark != _emptyLength)
                    {
                        return false;
                    }

                    status = ImStatus.ResourceExhausted;
                }
            }

            if (status == ImStatus.Success)
            {
                return true;
            }

            writer.Rewind(mark);
            return !isConcrete || cursor.ChangesOnly || WriteStatus(cluster.Endpoint.Id, cluster.Id, cluster.GetAttributeId(row), status);
        }

        // Answers Pending if the message is full.
        private int WriteList(ReportCursor cursor, Cluster cluster, int row)
        {
            if (cursor.Item > 0 && cursor.ItemVersion == cluster.DataVersion)
            {
                return AppendItems(cursor, cluster, row);
            }

            TlvWriter writer = _writer;
            int mark = writer.Length;
            StartData(cluster, row, false);
            writer.StartArray(2);
            writer.Reserve(ListEndLength);
            int first = writer.Length;
            int item = 0;
            int itemMark;
            int status;
            do
            {
                itemMark = writer.Length;
                status = cluster.ReadRowItem(row, item++, writer, _context);
            }
            while (status == ImStatus.Success && writer.Error == 0);

            writer.Reserve(-ListEndLength);
            if (writer.Error == 0)
            {
                // An empty list has met no item to tell that there is no room for its end.
                writer.EndContainer();
                EndData();
            }

            if (writer.Error == 0)
            {
                return status == ImStatus.NotFound ? ImStatus.Success : status;
            }

            if (mark != _emptyLength)
            {
                // In a message of its own it may fit as a whole; appends take many times the room.
                writer.Rewind(mark);
                return ImStatus.Pending;
            }

            if (itemMark == first)
            {
                writer.Rewind(mark);
                return ImStatus.ResourceExhausted;
            }

            writer.Rewind(itemMark);
            writer.EndContainer();
            EndData();
            cursor.Item = item - 1;
            cursor.ItemVersion = cluster.DataVersion;
            return ImStatus.Pending;
        }

        private int AppendItems(ReportCursor cursor, Cluster cluster, int row)
        {
            TlvWriter writer = _writer;
            while (true)
            {
                int mark = writer.Length;
                StartData(cluster, row, true);

                // The item comes without a tag but needs one: the byte kept free before it takes its control byte, which
                // makes room for the tag.
                int tagged = _offset + writer.Length;
                writer.PutNull(TlvTag.Anonymous);
                int start = writer.Length;
                int status = cluster.ReadRowItem(row, cursor.Item, writer, _context);
                bool isNothing = writer.Length == start && writer.Error == 0;
                EndData();
                if (writer.Error != 0)
                {
                    writer.Rewind(mark);
                    return mark == _emptyLength ? ImStatus.ResourceExhausted : ImStatus.Pending;
                }

                if (status != ImStatus.Success || isNothing)
                {
                    writer.Rewind(mark);
                    if (status != ImStatus.Success)
                    {
                        return status == ImStatus.NotFound ? ImStatus.Success : status;
                    }
                }
                else
                {
                    byte[] buffer = writer.Buffer;
                    buffer[tagged] = (byte)(buffer[tagged + 1] | 0x20);
                    buffer[tagged + 1] = 2;
                }

                cursor.Item++;
            }
        }

        private void StartData(Cluster cluster, int row, bool append)
        {
            TlvWriter writer = _writer;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(1);
            writer.PutUnsigned(0, cluster.DataVersion);
            writer.StartList(1);
            writer.PutUnsigned(2, (uint)cluster.Endpoint.Id);
            writer.PutUnsigned(3, cluster.Id);
            writer.PutUnsigned(4, cluster.GetAttributeId(row));
            if (append)
            {
                writer.PutNull(5);
            }

            writer.EndContainer();
        }

        private void EndData()
        {
            _writer.EndContainer();
            _writer.EndContainer();
        }

        /// <summary>Writes a report of an error.</summary>
        /// <param name="endpointId">Path: endpoint.</param>
        /// <param name="clusterId">Path: cluster.</param>
        /// <param name="attributeId">Path: attribute.</param>
        /// <param name="status"><see cref="ImStatus"/>.</param>
        /// <returns>False if the message is full: to be called again with the next one.</returns>
        public bool WriteStatus(int endpointId, uint clusterId, uint attributeId, int status)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(0);
            StatusWriter.PutAttributeStatus(writer, endpointId, clusterId, attributeId, status);
            writer.EndContainer();
            writer.EndContainer();
            if (writer.Error == 0)
            {
                return true;
            }

            writer.Rewind(mark);
            return false;
        }
    }
}
