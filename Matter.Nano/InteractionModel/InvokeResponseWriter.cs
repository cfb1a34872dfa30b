using Matter.Nano.Exchanges;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>Writes InvokeResponse messages: the responses and statuses of one command after the other.</summary>
    internal sealed class InvokeResponseWriter
    {
        /// <summary>Bytes of a message before its first response: its structure, SuppressResponse, the array's beginning.</summary>
        public const int HeaderLength = 1 + 2 + 2;

        /// <summary>What must still fit behind the responses: end of their array, MoreChunkedMessages, InteractionModelRevision, end of the message.</summary>
        public const int TrailerLength = 1 + 2 + 3 + 1;

        /// <summary>Largest length in bytes of a status without a cluster's own one: two structures, path, StatusIB, reference.</summary>
        public const int StatusLength = 1 + 2 + (2 + 4 + 6 + 6 + 1) + (2 + 3 + 1) + 4 + 1 + 1;

        private readonly TlvWriter _writer;

        // What the responses answer to.
        private uint _clusterId;
        private uint _commandId;
        private int _reference;

        /// <summary>Creates it.</summary>
        /// <param name="writer">Writes the messages.</param>
        public InvokeResponseWriter(TlvWriter writer)
        {
            _writer = writer;
        }

        /// <summary>Names the command that the next responses answer to.</summary>
        /// <param name="clusterId">Cluster id.</param>
        /// <param name="commandId">Command id.</param>
        /// <param name="reference">CommandRef or <see cref="InvokeRequest.NoReference"/>.</param>
        public void Name(uint clusterId, uint commandId, int reference)
        {
            _clusterId = clusterId;
            _commandId = commandId;
            _reference = reference;
        }

        /// <summary>Begins a message.</summary>
        /// <param name="slot">Receives it.</param>
        /// <param name="statuses">Number of statuses that must still fit behind its responses.</param>
        public void Start(OutboxSlot slot, int statuses)
        {
            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBoolean(0, false);
            writer.StartArray(1);
            writer.Reserve(TrailerLength + (statuses * StatusLength));
        }

        /// <summary>Goes on with a message begun earlier.</summary>
        /// <param name="slot">Holds it.</param>
        /// <param name="length">Its length so far in bytes.</param>
        public void Resume(OutboxSlot slot, int length)
        {
            _writer.Reset(slot.Buffer, slot.PayloadOffset, slot.PayloadCapacity);
            _writer.Reserve(TrailerLength);
            _writer.Rewind(length);
        }

        /// <summary>Ends the message.</summary>
        /// <param name="hasMore">True if another one follows.</param>
        public void End(bool hasMore)
        {
            TlvWriter writer = _writer;
            writer.Reserve(-TrailerLength);
            writer.EndContainer();
            if (hasMore)
            {
                writer.PutBoolean(2, true);
            }

            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
        }

        /// <summary>Opens the response command that the cluster's table names, if any.</summary>
        /// <param name="cluster">The cluster.</param>
        /// <param name="row">The command's row in it.</param>
        /// <returns>For <see cref="EndResponse"/>: where to go back to.</returns>
        public int StartResponse(Cluster cluster, int row)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            if (cluster.HasResponse(row))
            {
                writer.StartStructure(TlvTag.Anonymous);
                writer.StartStructure(0);
                PutPath(cluster.Endpoint.Id, cluster.Id, cluster.GetResponseId(row));
                writer.StartStructure(1);
            }

            return mark;
        }

        /// <summary>Ends the response command, or writes a status in place of it.</summary>
        /// <param name="cluster">The cluster.</param>
        /// <param name="row">The command's row in it.</param>
        /// <param name="mark">From <see cref="StartResponse"/>.</param>
        /// <param name="status"><see cref="ImStatus"/>; if Pending, nothing is left of the response.</param>
        public void EndResponse(Cluster cluster, int row, int mark, int status)
        {
            TlvWriter writer = _writer;
            if (status == ImStatus.Success && cluster.HasResponse(row))
            {
                writer.EndContainer();
                PutReference();
                writer.EndContainer();
                writer.EndContainer();
                if (writer.Error == 0)
                {
                    return;
                }

                status = ImStatus.ResourceExhausted;
            }

            writer.Rewind(mark);
            if (status != ImStatus.Pending)
            {
                PutStatus(cluster.Endpoint.Id, status);
            }
        }

        /// <summary>Writes a status, if it fits.</summary>
        /// <param name="endpointId">The endpoint that it is of.</param>
        /// <param name="status"><see cref="ImStatus"/>.</param>
        /// <returns>Length of the message so far in bytes.</returns>
        public int PutStatus(int endpointId, int status)
        {
            TlvWriter writer = _writer;
            int mark = writer.Length;
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartStructure(1);
            PutPath(endpointId, _clusterId, _commandId);
            StatusWriter.PutStatus(writer, 1, status);
            PutReference();
            writer.EndContainer();
            writer.EndContainer();
            if (writer.Error != 0)
            {
                writer.Rewind(mark);
            }

            return writer.Length;
        }

        private void PutPath(int endpointId, uint clusterId, uint commandId)
        {
            TlvWriter writer = _writer;
            writer.StartList(0);
            writer.PutUnsigned(0, (uint)endpointId);
            writer.PutUnsigned(1, clusterId);
            writer.PutUnsigned(2, commandId);
            writer.EndContainer();
        }

        private void PutReference()
        {
            if (_reference != InvokeRequest.NoReference)
            {
                _writer.PutUnsigned(2, (uint)_reference);
            }
        }
    }
}
