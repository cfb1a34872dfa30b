using Matter.Nano.Exchanges;
using Matter.Nano.Fabrics;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Commands to groups: what a switch sends. Each is one InvokeRequest without an endpoint, executed by every member on its
    /// endpoints of the group and answered by none.
    /// </summary>
    /// <remarks>Has a reader and a writer of its own: it may be called while a message is handled.</remarks>
    internal sealed class GroupCommands
    {
        private readonly GroupTransmitter _transmitter;
        private readonly InteractionProtocol _protocol;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();

        internal GroupCommands(ExchangeTable exchanges, InteractionProtocol protocol)
        {
            _transmitter = new GroupTransmitter(exchanges);
            _protocol = protocol;
        }

        /// <summary>Sends a command. See <see cref="Node.InvokeGroup"/>.</summary>
        internal int Invoke(
            Fabric fabric, int groupId, uint clusterId, uint commandId, byte[] fields, int fieldsOffset, int fieldsLength, long now)
        {
            OutboxSlot slot = _transmitter.NewMessage();
            if (slot == null)
            {
                return MatterError.Busy;
            }

            TlvWriter writer = _writer;
            writer.Reset(slot.Buffer, slot.PayloadOffset, GroupTransmitter.PayloadCapacity);
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutBoolean(0, true);     // SuppressResponse
            writer.PutBoolean(1, false);    // TimedRequest
            writer.StartArray(2);
            writer.StartStructure(TlvTag.Anonymous);
            writer.StartList(0);
            writer.PutUnsigned(1, clusterId);
            writer.PutUnsigned(2, commandId);
            writer.EndContainer();
            PutFields(fields, fieldsOffset, fieldsLength);
            writer.EndContainer();
            writer.EndContainer();
            writer.PutUnsigned(0xFF, InteractionProtocol.Revision);
            writer.EndContainer();
            if (writer.Error < 0)
            {
                _transmitter.Discard(slot);
                return writer.Error;
            }

            return _transmitter.Send(slot, _protocol, InteractionOpcode.InvokeRequest, writer.Length, fabric, groupId, now);
        }

        private void PutFields(byte[] fields, int offset, int length)
        {
            if (length == 0)
            {
                _writer.StartStructure(1);
                _writer.EndContainer();
                return;
            }

            _reader.Reset(fields, offset, length);
            _reader.Next();
            if (_reader.Type != TlvType.Structure)
            {
                _reader.Fail(MatterError.WrongType);
            }

            _writer.PutElement(1, _reader);
        }
    }
}
