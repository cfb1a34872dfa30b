using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Writes ReportData messages straight from the clusters, as much as fits into one message at a time; a cursor keeps
    /// the place. Expands wildcards, checks existence, access, filters, and whether there was a change.
    /// </summary>
    internal sealed class ReportBuilder
    {
        // What must still fit behind the reports: end of their array, MoreChunkedMessages or SuppressResponse,
        // InteractionModelRevision, end of the message.
        private const int TrailerLength = 1 + 2 + 3 + 1;

        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;
        private readonly AttributeReportWriter _reports;
        private readonly EventReportWriter _events;

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
            _reports = new AttributeReportWriter(writer, context);
            _events = new EventReportWriter(model, access, writer, context);
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
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            if (cursor.HasSubscription)
            {
                writer.PutUnsigned(0, cursor.SubscriptionId);
            }

            int start = writer.Length;
            writer.StartArray(1);
            writer.Reserve(TrailerLength);
            _reports.Start(slot);
            _context.IsFabricFiltered = cursor.IsFabricFiltered;
            bool isLast = WritePaths(cursor);
            bool isEmpty = _reports.IsEmpty;
            writer.Reserve(-TrailerLength);
            if (isEmpty)
            {
                writer.Rewind(start);
            }
            else
            {
                writer.EndContainer();
            }

            if (isLast && cursor.HasEvents)
            {
                int length = writer.Length;
                isLast = _events.Write(cursor, TrailerLength);
                isEmpty &= writer.Length == length;
            }

            IsEmpty = isEmpty;
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

        /// <summary>
        /// Whether a path names at least one attribute or event that exists and that the reader may read; any event of a
        /// cluster is taken as one.
        /// </summary>
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

        private bool ReachesCluster(uint head, Cluster cluster, uint id)
        {
            int granted = _access.Granted(_context, cluster.Endpoint.Id, cluster.Id);
            if ((head & AttributePath.AnyAttribute) != 0)
            {
                return AccessControl.Includes(granted, Privilege.View);
            }

            if ((head & AttributePath.Event) != 0)
            {
                int found = cluster.FindEvent(id);
                return found >= 0 && AccessControl.Includes(granted, cluster.GetEventAccess(found) & EventAccess.PrivilegeMask);
            }

            int row = cluster.FindAttribute(id);
            return row >= 0 && CheckRow(cluster, row, granted) == ImStatus.Success;
        }

        private bool WritePaths(ReportCursor cursor)
        {
            uint[] paths = cursor.Paths;
            while (cursor.Path < cursor.PathCount)
            {
                int at = cursor.PathsOffset + (cursor.Path * AttributePath.Words);
                uint head = paths[at];
                bool isDone = (head & AttributePath.Event) != 0
                    || ((head & AttributePath.Wildcard) == 0
                    ? WriteConcrete(cursor, head, paths[at + 1], paths[at + 2])
                    : WriteWildcard(cursor, head, paths[at + 1], paths[at + 2]));
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
                return status != ImStatus.Success || !_model.HasChanged(cluster, row, cursor.Since) || _reports.WriteAttribute(cursor, cluster, row, true);
            }

            if (status != ImStatus.Success)
            {
                return _reports.WriteStatus(endpointId, clusterId, attributeId, status);
            }

            return (!cursor.IsInCluster && cursor.IsKnown(cluster.Ordinal)) || _reports.WriteAttribute(cursor, cluster, row, true);
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

                if (!_reports.WriteAttribute(cursor, cluster, row, false))
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
    }
}
