using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Writes the EventReportIBs of a ReportData message until it is full: what is wrong with the paths, then the events that
    /// they name and the reader may see, in the order of their numbers.
    /// </summary>
    internal sealed class EventReportWriter
    {
        private readonly DataModel _model;
        private readonly AccessControl _access;
        private readonly TlvWriter _writer;
        private readonly InteractionContext _context;

        /// <summary>Creates it.</summary>
        /// <param name="model">Holds the log.</param>
        /// <param name="access">Who may see what.</param>
        /// <param name="writer">Writes the messages.</param>
        /// <param name="context">Names the reader.</param>
        public EventReportWriter(DataModel model, AccessControl access, TlvWriter writer, InteractionContext context)
        {
            _model = model;
            _access = access;
            _writer = writer;
            _context = context;
        }

        /// <summary>Writes the array of reports, nothing if it is empty.</summary>
        /// <param name="cursor">Where the report stands, all attributes written; moved on.</param>
        /// <param name="trailerLength">Bytes that must still fit behind the reports, the end of the array included.</param>
        /// <returns>False if the message is full: to be called again with the next one.</returns>
        public bool Write(ReportCursor cursor, int trailerLength)
        {
            TlvWriter writer = _writer;
            int start = writer.Length;
            writer.StartArray(2);
            writer.Reserve(trailerLength);
            int empty = writer.Length;
            bool isDone = WriteStatuses(cursor) && WriteEvents(cursor);
            writer.Reserve(-trailerLength);
            if (writer.Length == empty)
            {
                writer.Rewind(start);
            }
            else
            {
                writer.EndContainer();
            }

            return isDone;
        }

        // The cursor's path goes through all paths a second time. Reports of a subscription tell of no errors any more.
        private bool WriteStatuses(ReportCursor cursor)
        {
            uint[] paths = cursor.Paths;
            for (int end = 2 * cursor.PathCount; cursor.Path < end; cursor.Path++)
            {
                int at = cursor.PathsOffset + ((cursor.Path - cursor.PathCount) * AttributePath.Words);
                if (!cursor.ChangesOnly && (paths[at] & (AttributePath.Event | AttributePath.Wildcard)) == AttributePath.Event)
                {
                    int status = Check(paths[at], paths[at + 1], paths[at + 2]);
                    if (status != ImStatus.Success && !WriteStatus(paths[at], paths[at + 1], paths[at + 2], status))
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        // Without View nothing is told, not even what is missing.
        private int Check(uint head, uint clusterId, uint eventId)
        {
            if ((head & AttributePath.OtherNode) != 0)
            {
                return ImStatus.UnsupportedNode;
            }

            int endpointId = (int)(head & 0xFFFF);
            int granted = _access.Granted(_context, endpointId, clusterId);
            if (!AccessControl.Includes(granted, Privilege.View))
            {
                return ImStatus.UnsupportedAccess;
            }

            Endpoint endpoint = _model.Find(endpointId);
            Cluster cluster = endpoint == null ? null : endpoint.Find(clusterId);
            int row = cluster == null ? MatterError.NotFound : cluster.FindEvent(eventId);
            if (row < 0)
            {
                return endpoint == null ? ImStatus.UnsupportedEndpoint
                    : cluster == null ? ImStatus.UnsupportedCluster : ImStatus.UnsupportedEvent;
            }

            return AccessControl.Includes(granted, cluster.GetEventAccess(row) & EventAccess.PrivilegeMask)
                ? ImStatus.Success : ImStatus.UnsupportedAccess;
        }

        private bool WriteStatus(uint head, uint clusterId, uint eventId, int status)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(0);
            PutPath((int)(head & 0xFFFF), clusterId, eventId);
            StatusWriter.PutStatus(writer, 1, status);
            return End(mark);
        }

        private bool WriteEvents(ReportCursor cursor)
        {
            EventLog log = _model.Events;
            if (log == null)
            {
                return true;
            }

            // One raised in this very call has no time yet.
            log.Stamp(_context.Now);
            for (int at = log.Find(cursor.EventsFrom); at < log.Length; at += log.GetLength(at))
            {
                ulong number = log.GetNumber(at);
                if (number >= cursor.EventsEnd)
                {
                    break;
                }

                if (log.IsNamed(at, cursor.Paths, cursor.PathsOffset, cursor.PathCount, AttributePath.Event)
                    && IsVisible(log, at) && !WriteEvent(log, at))
                {
                    cursor.EventsFrom = number;
                    return false;
                }
            }

            return true;
        }

        private bool IsVisible(EventLog log, int at)
        {
            int access = log.GetAccess(at);
            return ((access & EventAccess.FabricSensitive) == 0 || log.GetFabric(at) == _context.FabricIndex)
                && AccessControl.Includes(
                    _access.Granted(_context, log.GetEndpoint(at), log.GetCluster(at)), access & EventAccess.PrivilegeMask);
        }

        private bool WriteEvent(EventLog log, int at)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(1);
            PutPath(log.GetEndpoint(at), log.GetCluster(at), log.GetEvent(at));
            writer.PutUnsigned(1, log.GetNumber(at));
            writer.PutUnsigned(2, (ulong)log.GetPriority(at));
            writer.PutUnsigned(log.IsEpoch(at) ? 3 : 4, log.GetTime(at));
            writer.PutEncoded(log.Buffer, at + EventLog.HeaderLength, log.GetLength(at) - EventLog.HeaderLength);
            return End(mark);
        }

        private void PutPath(int endpointId, uint clusterId, uint eventId)
        {
            TlvWriter writer = _writer;
            writer.StartList(0);
            writer.PutUnsigned(1, (uint)endpointId);
            writer.PutUnsigned(2, clusterId);
            writer.PutUnsigned(3, eventId);
            writer.EndContainer();
        }

        // False if it didn't fit; then it is as if it had not been begun.
        private bool End(int mark)
        {
            TlvWriter writer = _writer;
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
