using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Writes ReportData messages straight from the clusters, as much as fits into one message at a time; a cursor keeps
    /// the place. A list that does not fit into what is left of a message goes into the next one; one longer than a message
    /// begins with the items that fit, the others follow each as an append.
    /// </summary>
    internal sealed class ReportBuilder
    {
        // What must still fit behind the reports: end of their array, MoreChunkedMessages or SuppressResponse,
        // InteractionModelRevision, end of the message.
        private const int TrailerLength = 1 + 2 + 3 + 1;

        // Ends of AttributeDataIB's array, AttributeDataIB and AttributeReportIB.
        private const int ListEndLength = 3;

        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;

        // Where the message begins in its buffer, and its length when it holds no report yet.
        private int _offset;
        private int _emptyLength;

        /// <summary>Creates a builder.</summary>
        /// <param name="model">What is reported.</param>
        /// <param name="access">Who may see what.</param>
        /// <param name="writer">Writes the messages.</param>
        /// <param name="context">Names the reader at each <see cref="Write"/>.</param>
        public ReportBuilder(DataModel model, AccessControl access, TlvWriter writer, InteractionContext context)
        {
            _model = model;
            _access = access;
            _writer = writer;
            _context = context;
        }

        /// <summary>True if the message written last holds no report.</summary>
        public bool IsEmpty { get; private set; }

        /// <summary>Writes the next message of a report.</summary>
        /// <param name="cursor">Where the report stands; moved on.</param>
        /// <param name="slot">Receives the message; its length is that of the writer.</param>
        /// <returns>True if it was the last message, false if more must follow.</returns>
        public bool Write(ReportCursor cursor, OutboxSlot slot)
        {
            TlvWriter writer = _writer;
            _offset = slot.PayloadOffset;
            writer.Reset(slot.Buffer, _offset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            if (cursor.HasSubscription)
            {
                writer.PutUnsigned(0, cursor.SubscriptionId);
            }

            int start = writer.Length;
            writer.StartArray(1);
            writer.Reserve(TrailerLength);
            _emptyLength = writer.Length;
            _context.IsFabricFiltered = cursor.IsFabricFiltered;
            bool isLast = WritePaths(cursor);
            IsEmpty = writer.Length == _emptyLength;
            writer.Reserve(-TrailerLength);
            if (IsEmpty)
            {
                writer.Rewind(start);
            }
            else
            {
                writer.EndContainer();
            }

            if (!isLast)
            {
                writer.PutBoolean(3, true);
            }
            else if (cursor.SuppressResponse)
            {
                writer.PutBoolean(4, true);
            }

            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
            return isLast;
        }

        /// <summary>Whether a path names at least one attribute that exists and that the reader may read.</summary>
        /// <param name="paths">Holds the path.</param>
        /// <param name="offset">First word.</param>
        /// <returns>True if it does.</returns>
        public bool Reaches(uint[] paths, int offset)
        {
            uint head = paths[offset];
            for (int i = 0; i < _model.EndpointCount && (head & AttributePath.OtherNode) == 0; i++)
            {
                Endpoint endpoint = _model.GetEndpoint(i);
                for (int j = 0; j < endpoint.ClusterCount; j++)
                {
                    Cluster cluster = endpoint.GetCluster(j);
                    if (((head & AttributePath.AnyEndpoint) != 0 || (head & 0xFFFF) == endpoint.Id)
                        && ((head & AttributePath.AnyCluster) != 0 || paths[offset + 1] == cluster.Id)
                        && ReachesCluster(head, cluster, paths[offset + 2]))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private bool ReachesCluster(uint head, Cluster cluster, uint attributeId)
        {
            int granted = _access.Granted(_context, cluster.Endpoint.Id, cluster.Id);
            if ((head & AttributePath.AnyAttribute) != 0)
            {
                return AccessControl.Includes(granted, Privilege.View);
            }

            int row = cluster.FindAttribute(attributeId);
            return row >= 0 && CheckRow(cluster, row, granted) == ImStatus.Success;
        }

        private bool WritePaths(ReportCursor cursor)
        {
            uint[] paths = cursor.Paths;
            while (cursor.Path < cursor.PathCount)
            {
                int at = cursor.PathsOffset + (cursor.Path * AttributePath.Words);
                bool isDone = (paths[at] & AttributePath.Wildcard) == 0
                    ? WriteConcrete(cursor, paths[at], paths[at + 1], paths[at + 2])
                    : WriteWildcard(cursor, paths[at], paths[at + 1], paths[at + 2]);
                if (!isDone)
                {
                    return false;
                }

                cursor.Path++;
                cursor.StartPath();
            }

            return true;
        }

        private bool WriteConcrete(ReportCursor cursor, uint head, uint clusterId, uint attributeId)
        {
            int endpointId = (int)(head & 0xFFFF);
            Endpoint endpoint = _model.Find(endpointId);
            Cluster cluster = endpoint == null ? null : endpoint.Find(clusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindAttribute(attributeId);
            int granted = _access.Granted(_context, endpointId, clusterId);

            // Without View nothing is told, not even what is missing.
            int status;
            if ((head & AttributePath.OtherNode) != 0)
            {
                status = ImStatus.UnsupportedNode;
            }
            else if (!AccessControl.Includes(granted, Privilege.View))
            {
                status = ImStatus.UnsupportedAccess;
            }
            else if (row >= 0)
            {
                status = CheckRow(cluster, row, granted);
            }
            else
            {
                status = endpoint == null ? ImStatus.UnsupportedEndpoint
                    : cluster == null ? ImStatus.UnsupportedCluster : ImStatus.UnsupportedAttribute;
            }

            if (cursor.ChangesOnly)
            {
                return status != ImStatus.Success || !_model.HasChanged(cluster, row, cursor.Since) || WriteAttribute(cursor, cluster, row, true);
            }

            if (status != ImStatus.Success)
            {
                return WriteStatus(endpointId, clusterId, attributeId, status);
            }

            return (!cursor.IsInCluster && cursor.IsKnown(cluster.Ordinal)) || WriteAttribute(cursor, cluster, row, true);
        }

        private bool WriteWildcard(ReportCursor cursor, uint head, uint clusterId, uint attributeId)
        {
            if ((head & AttributePath.OtherNode) != 0)
            {
                return true;
            }

            for (; cursor.Endpoint < _model.EndpointCount; cursor.Endpoint++, cursor.Cluster = 0)
            {
                Endpoint endpoint = _model.GetEndpoint(cursor.Endpoint);
                if (((head & AttributePath.AnyEndpoint) == 0 && endpoint.Id != (head & 0xFFFF))
                    || (endpoint.Id == 0 && (head & AttributePath.SkipRootNode) != 0))
                {
                    continue;
                }

                for (; cursor.Cluster < endpoint.ClusterCount; cursor.Cluster++, cursor.IsInCluster = false)
                {
                    Cluster cluster = endpoint.GetCluster(cursor.Cluster);
                    if ((head & AttributePath.AnyCluster) == 0 && cluster.Id != clusterId)
                    {
                        continue;
                    }

                    if (!cursor.IsInCluster)
                    {
                        if (IsSkipped(cursor, head, cluster))
                        {
                            continue;
                        }

                        cursor.IsInCluster = true;
                        cursor.Attribute = 0;
                    }

                    if (!WriteCluster(cursor, head, cluster, attributeId))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private static bool IsSkipped(ReportCursor cursor, uint head, Cluster cluster)
        {
            if (cursor.ChangesOnly)
            {
                return cluster.ChangeStamp - cursor.Since <= 0;
            }

            return cursor.IsKnown(cluster.Ordinal)
                || ((head & AttributePath.SkipCustomElements) != 0 && cluster.Id > 0xFFFF)
                || ((head & AttributePath.SkipDiagnosticsClusters) != 0 && IsDiagnostics(cluster.Id));
        }

        // General, Software, Thread, Wi-Fi and Ethernet Network Diagnostics.
        private static bool IsDiagnostics(uint clusterId)
        {
            return clusterId >= 0x33 && clusterId <= 0x37;
        }

        private bool WriteCluster(ReportCursor cursor, uint head, Cluster cluster, uint attributeId)
        {
            int granted = _access.Granted(_context, cluster.Endpoint.Id, cluster.Id);
            if (granted == 0)
            {
                return true;
            }

            int end = cluster.TableRows + Cluster.GlobalRows;
            bool isAny = (head & AttributePath.AnyAttribute) != 0;
            if (!isAny)
            {
                int row = cluster.FindAttribute(attributeId);
                if (row < cursor.Attribute)
                {
                    return true;
                }

                cursor.Attribute = row;
                end = row + 1;
            }

            for (; cursor.Attribute < end; cursor.Attribute++, cursor.Item = 0)
            {
                int row = cursor.Attribute;
                if ((isAny && IsSkipped(head, cluster, row))
                    || CheckRow(cluster, row, granted) != ImStatus.Success
                    || (cursor.ChangesOnly && !_model.HasChanged(cluster, row, cursor.Since)))
                {
                    continue;
                }

                if (!WriteAttribute(cursor, cluster, row, false))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsSkipped(uint head, Cluster cluster, int row)
        {
            if (!cluster.IsPresent(row))
            {
                return true;
            }

            if (head < AttributePath.SkipRootNode)
            {
                return false;
            }

            int global = row - cluster.TableRows;
            int quality = cluster.GetQuality(row);
            return ((head & AttributePath.SkipGlobalAttributes) != 0 && global >= 0)
                || ((head & AttributePath.SkipAttributeList) != 0 && global == 2)
                || ((head & AttributePath.SkipCommandLists) != 0 && (global == 0 || global == 1))
                || ((head & AttributePath.SkipCustomElements) != 0 && (quality & Quality.Vendor) != 0)
                || ((head & AttributePath.SkipFixedAttributes) != 0 && (quality & Quality.Fixed) != 0)
                || ((head & AttributePath.SkipChangesOmittedAttributes) != 0 && (quality & Quality.ChangesOmitted) != 0);
        }

        private int CheckRow(Cluster cluster, int row, int granted)
        {
            int privilege = cluster.GetAccess(row) & Access.PrivilegeMask;
            if (privilege == 0)
            {
                return ImStatus.UnsupportedRead;
            }

            return !AccessControl.Includes(granted, privilege)
                || (_context.FabricIndex == 0 && (cluster.GetQuality(row) & Quality.FabricSensitive) != 0)
                ? ImStatus.UnsupportedAccess : ImStatus.Success;
        }

        // False if the message is full; the cursor then stands where the next one goes on.
        private bool WriteAttribute(ReportCursor cursor, Cluster cluster, int row, bool isConcrete)
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
                writer.EndContainer();
                EndData();
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

        private bool WriteStatus(int endpointId, uint clusterId, uint attributeId, int status)
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
