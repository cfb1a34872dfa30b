using System;
using Matter.Nano.Exchanges;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// The responses of one batch in as many messages as they take, kept until all commands are through and the peer has
    /// confirmed each message but the last.
    /// </summary>
    internal sealed class InvokeBatch
    {
        private readonly OutboxSlot[] _slots = new OutboxSlot[Limits.PathsPerInvoke];
        private readonly int[] _lengths = new int[Limits.PathsPerInvoke];
        private int _count;
        private int _sent;

        /// <summary>The interaction that it belongs to; null if there is no batch.</summary>
        public Interaction Row { get; private set; }

        /// <summary>True once every message is taken.</summary>
        public bool IsOver { get { return _sent == _count; } }

        /// <summary>Begins a batch.</summary>
        /// <param name="row">Its interaction.</param>
        public void Begin(Interaction row)
        {
            Row = row;
            _count = 0;
            _sent = 0;
        }

        /// <summary>Adds the response in a message of its own to the last message, if it fits there; otherwise the message becomes the last.</summary>
        /// <param name="slot">The message.</param>
        /// <param name="length">Its length in bytes, without its end.</param>
        /// <param name="statuses">Number of statuses that must still fit behind it.</param>
        /// <returns>True if the message is kept, false if it can be used again.</returns>
        public bool Add(OutboxSlot slot, int length, int statuses)
        {
            int added = length - InvokeResponseWriter.HeaderLength;
            if (added == 0)
            {
                return false;
            }

            int last = _count - 1;
            int end = InvokeResponseWriter.TrailerLength + (statuses * InvokeResponseWriter.StatusLength);
            if (last >= 0 && _lengths[last] + added + end <= slot.PayloadCapacity)
            {
                OutboxSlot target = _slots[last];
                Array.Copy(slot.Buffer, slot.PayloadOffset + InvokeResponseWriter.HeaderLength, target.Buffer, target.PayloadOffset + _lengths[last], added);
                _lengths[last] += added;
                return false;
            }

            _slots[_count] = slot;
            _lengths[_count++] = length;
            return true;
        }

        /// <summary>Adds a status to the last message, which has room for it.</summary>
        /// <param name="responses">Names the command.</param>
        /// <param name="endpointId">The endpoint that it is of.</param>
        /// <param name="status"><see cref="ImStatus"/>.</param>
        public void AddStatus(InvokeResponseWriter responses, int endpointId, int status)
        {
            int last = _count - 1;
            responses.Resume(_slots[last], _lengths[last]);
            _lengths[last] = responses.PutStatus(endpointId, status);
        }

        /// <summary>Takes the next message to send.</summary>
        /// <param name="responses">Stands behind its responses then.</param>
        /// <returns>The message.</returns>
        public OutboxSlot Next(InvokeResponseWriter responses)
        {
            OutboxSlot slot = _slots[_sent];
            responses.Resume(slot, _lengths[_sent]);
            _slots[_sent++] = null;
            return slot;
        }

        /// <summary>Ends the batch; messages not taken are given back.</summary>
        /// <param name="exchange">Its exchange.</param>
        public void End(Exchange exchange)
        {
            while (!IsOver)
            {
                exchange.Discard(_slots[_sent]);
                _slots[_sent++] = null;
            }

            Row = null;
        }
    }
}
