using System;
using Matter.Nano.Crypto;
using Matter.Nano.Messages;
using Matter.Nano.Sessions;

namespace Matter.Nano.Exchanges
{
    /// <summary>
    /// What the node wants sent, in order, in a fixed number of slots: some that hold the largest message, and small ones
    /// for acks and for short messages that wait for theirs.
    /// </summary>
    public sealed class Outbox
    {
        // Longest headers before a payload, and what a secured message has around it. An unsecured one has less.
        internal const int Headroom = MessageHeader.MinLength + MessageHeader.NodeIdLength + ProtocolHeader.MaxWrittenLength;
        internal const int Overhead = Headroom + AesCcm.TagLength;

        // The room for a node id is never used together with that for a tag.
        private const int Spare = MessageHeader.NodeIdLength;

        private readonly OutboxSlot[] _slots = new OutboxSlot[Limits.FullSlots + Limits.SmallSlots];
        private int _queued;
        private int _lastOrder;

        internal Outbox()
        {
            for (int i = 0; i < _slots.Length; i++)
            {
                _slots[i] = new OutboxSlot(Spare + (i < Limits.FullSlots ? Limits.Datagram : Limits.SmallDatagram));
            }
        }

        /// <summary>Whether there is nothing to send now.</summary>
        public bool IsEmpty { get { return _queued == 0; } }

        /// <summary>Slots that are free.</summary>
        public int FreeCount
        {
            get
            {
                int count = 0;
                for (int i = 0; i < _slots.Length; i++)
                {
                    if (_slots[i].Phase == OutboxSlot.Free) count++;
                }
                return count;
            }
        }

        // Whether a message of any size could be written now.
        internal bool HasRoom { get { return HasFree(0, Limits.FullSlots); } }

        /// <summary>Takes the next datagram to send; the slot stays valid until the driver's next call into the node.</summary>
        /// <returns>The slot, or null if there is nothing to send now.</returns>
        public OutboxSlot Next()
        {
            if (_queued == 0) return null;
            OutboxSlot next = null;
            for (int i = 0; i < _slots.Length; i++)
            {
                OutboxSlot slot = _slots[i];
                if (slot.Phase == OutboxSlot.Queued && (next == null || slot.Order < next.Order)) next = slot;
            }
            Leave();
            next.Phase = next.IsKept ? OutboxSlot.Waiting : OutboxSlot.Free;
            return next;
        }

        internal OutboxSlot Take() { return Take(0, Limits.FullSlots); }

        // Like Take, but for the last one, which is left to the answer that a handler may be about to give.
        internal OutboxSlot TakeSpare()
        {
            OutboxSlot slot = Take();
            if (slot == null || HasRoom) return slot;
            Release(slot);
            return null;
        }

        // Whether a message of any size could be written when one with this payload, written now, is kept.
        internal bool LeavesRoom(int payloadLength)
        {
            return HasRoom || payloadLength + Overhead <= Limits.SmallDatagram && HasFree(Limits.FullSlots, _slots.Length);
        }

        internal OutboxSlot TakeSmall() { return Take(Limits.FullSlots, _slots.Length); }

        // Gives back a slot that is not queued, or takes it out of the queue.
        internal void Release(OutboxSlot slot)
        {
            if (slot.Phase == OutboxSlot.Queued) Leave();
            slot.Phase = OutboxSlot.Free;
            slot.IsKept = false;
        }

        // The exchange is gone: the slot is free when the copy that is queued, if any, is out.
        internal void LetGo(OutboxSlot slot)
        {
            slot.IsKept = false;
            if (slot.Phase != OutboxSlot.Queued) slot.Phase = OutboxSlot.Free;
        }

        internal void Queue(OutboxSlot slot, Session session)
        {
            Array.Copy(session.PeerAddress, 0, slot.PeerAddress, 0, session.PeerAddressLength);
            slot.PeerAddressLength = session.PeerAddressLength;
            slot.IsToGroup = false;
            Queue(slot);
        }

        internal void Queue(OutboxSlot slot, ulong fabricId, int groupId)
        {
            GroupAddress.Write(slot.PeerAddress, fabricId, groupId);
            slot.PeerAddressLength = GroupAddress.Length;
            slot.IsToGroup = true;
            Queue(slot);
        }

        // Marks a finished message to be kept for retransmission, where the small slots have room for it: the large are few.
        internal OutboxSlot Keep(OutboxSlot slot)
        {
            OutboxSlot small = slot.DatagramLength <= Limits.SmallDatagram ? TakeSmall() : null;
            if (small != null)
            {
                Array.Copy(slot.Buffer, slot.DatagramOffset, small.Buffer, Session.MaxAddressLength, slot.DatagramLength);
                small.DatagramOffset = Session.MaxAddressLength;
                small.DatagramLength = slot.DatagramLength;
                small.Counter = slot.Counter;
                Release(slot);
                slot = small;
            }
            slot.IsKept = true;
            return slot;
        }

        private OutboxSlot Take(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                OutboxSlot slot = _slots[i];
                if (slot.Phase != OutboxSlot.Free) continue;
                slot.Phase = OutboxSlot.Writing;
                return slot;
            }
            return null;
        }

        private bool HasFree(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                if (_slots[i].Phase == OutboxSlot.Free) return true;
            }
            return false;
        }

        private void Queue(OutboxSlot slot)
        {
            if (slot.Phase == OutboxSlot.Queued) return;
            slot.Phase = OutboxSlot.Queued;
            slot.Order = ++_lastOrder;
            _queued++;
        }

        private void Leave()
        {
            if (--_queued == 0) _lastOrder = 0;
        }
    }
}
