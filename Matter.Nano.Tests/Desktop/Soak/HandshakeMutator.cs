using System;
using Matter.Nano.Crypto;
using Matter.Nano.SecureChannel;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Changes handshake messages at random: their bytes, their fields, their opcodes.</summary>
    internal sealed class HandshakeMutator : MessageTamper
    {
        private const int Byte = 0;
        private const int Bytes = 1;
        private const int Truncated = 2;
        private const int Cut = 3;
        private const int Empty = 4;
        private const int FieldMissing = 5;
        private const int FieldEmpty = 6;
        private const int FieldRandom = 7;
        private const int FieldOfOtherLength = 8;
        private const int FieldNumber = 9;
        private const int FieldBadPoint = 10;
        private const int FieldTwice = 11;
        private const int FieldNested = 12;
        private const int AllFieldsEmpty = 13;
        private const int Trailing = 14;
        private const int Kinds = 15;

        private const int MaxLength = 1100;
        private const int MaxNesting = 40;

        private readonly Random _random;
        private readonly TlvReader _reader = new TlvReader();
        private readonly TlvWriter _writer = new TlvWriter();
        private readonly byte[] _changed = new byte[MaxLength];
        private int _opcode;
        private int _kind;

        public HandshakeMutator(Random random)
        {
            _random = random;
        }

        /// <summary>
        /// True if the message was not changed, or only in what may differ: both sides hash the same bytes, so random
        /// numbers, ids, session parameters, fields said twice and what follows a status can be any.
        /// </summary>
        public bool IsHarmless { get; private set; }

        /// <summary>Changes the next message with one of some opcodes.</summary>
        public void Choose(params int[] opcodes)
        {
            _opcode = opcodes[_random.Next(opcodes.Length)];
            // A status is not renamed by its sender, and what is encrypted has neither a name nor a way of its own.
            _kind = _random.Next(_opcode == Sigma3Data ? Kinds : _opcode == SecureChannelOpcode.StatusReport ? Kinds + 1 : Kinds + 2);
            IsHarmless = true;
        }

        public override int Change(int opcode, byte[] buffer, int offset, int length)
        {
            if (opcode != _opcode)
                return length;
            if (_kind >= Kinds)
            {
                IsHarmless = false;
                return _kind == Kinds ? NotSent : length; // or sent by another name
            }

            byte[] former = buffer.AsSpan(offset, length).ToArray();
            length = ChangeAs(_kind, buffer, offset, length);
            ReadOnlySpan<byte> changed = buffer.AsSpan(offset, length);
            bool isFirst = opcode == SecureChannelOpcode.Sigma1 || opcode == SecureChannelOpcode.PbkdfParamRequest;
            bool isStatus = opcode == SecureChannelOpcode.StatusReport && changed.StartsWith(former);
            IsHarmless = isFirst || isStatus || _kind == FieldTwice || changed.SequenceEqual(former);
            return length;
        }

        public override int Opcode(int opcode)
        {
            if (opcode != _opcode || _kind <= Kinds)
                return opcode;
            int other = AnyOpcode();
            return other == opcode ? other + 1 : other;
        }

        public override string ToString()
        {
            return "change " + _kind + " of message 0x" + _opcode.ToString("X");
        }

        /// <summary>One of Secure Channel's, or next to them, but none that the message layer takes for itself.</summary>
        public int AnyOpcode()
        {
            return _random.Next(0x20, 0x44);
        }

        /// <summary>Changes a message in place in any way.</summary>
        /// <returns>Its new length.</returns>
        public int Change(byte[] buffer, int offset, int length)
        {
            return ChangeAs(_random.Next(Kinds), buffer, offset, length);
        }

        private int ChangeAs(int kind, byte[] buffer, int offset, int length)
        {
            if (length == 0)
                return 0;
            switch (kind)
            {
                case Byte:
                    buffer[offset + _random.Next(length)] ^= (byte)(1 << _random.Next(8));
                    return length;
                case Bytes:
                    for (int i = _random.Next(20); i >= 0; i--)
                        buffer[offset + _random.Next(length)] = (byte)_random.Next(256);
                    return length;
                case Truncated:
                    return _random.Next(length);
                case Cut:
                    int start = _random.Next(length);
                    int removed = _random.Next(1, length - start + 1);
                    Array.Copy(buffer, offset + start + removed, buffer, offset + start, length - start - removed);
                    return length - removed;
                case Empty:
                    return 0;
                case Trailing:
                    int added = _random.Next(1, 20);
                    _random.NextBytes(buffer.AsSpan(offset + length, added));
                    return length + added;
                default:
                    return ChangeField(kind, buffer, offset, length);
            }
        }

        private int ChangeField(int kind, byte[] buffer, int offset, int length)
        {
            int fields = 0;
            Begin(buffer, offset, length);
            while (_reader.Next())
                fields++;
            if (fields == 0 || _reader.Finish() != 0)
                return length; // not TLV any more

            int chosen = _random.Next(fields);
            _writer.Reset(_changed, 0, _changed.Length);
            _writer.StartStructure(TlvTag.Anonymous);
            Begin(buffer, offset, length);
            for (int i = 0; _reader.Next(); i++)
            {
                if (kind == AllFieldsEmpty)
                    _writer.PutBytes(_reader.Tag, buffer, 0, 0);
                else if (i == chosen)
                    PutChanged(kind, _reader.Tag);
                else
                    _writer.PutElement(_reader.Tag, _reader);
            }
            _writer.EndContainer();
            if (_writer.Error != 0)
                return length;
            Array.Copy(_changed, 0, buffer, offset, _writer.Length);
            return _writer.Length;
        }

        private void Begin(byte[] buffer, int offset, int length)
        {
            _reader.Reset(buffer, offset, length);
            _reader.EnterMessage();
        }

        private void PutChanged(int kind, int tag)
        {
            byte[] bytes;
            switch (kind)
            {
                case FieldEmpty:
                    bytes = Array.Empty<byte>();
                    break;
                case FieldRandom:
                    bytes = new byte[Math.Min(_reader.ElementLength(), 100)];
                    _random.NextBytes(bytes);
                    break;
                case FieldOfOtherLength:
                    bytes = new byte[_random.Next(200)];
                    _random.NextBytes(bytes);
                    break;
                case FieldNumber:
                    _writer.PutUnsigned(tag, (ulong)_random.NextInt64() >> _random.Next(63));
                    return;
                case FieldBadPoint:
                    bytes = BadPoint();
                    break;
                case FieldTwice:
                    _writer.PutElement(tag, _reader);
                    _writer.PutElement(tag, _reader);
                    return;
                case FieldNested:
                    int depth = _random.Next(1, MaxNesting);
                    for (int i = 0; i < depth; i++)
                        _writer.StartStructure(i == 0 ? tag : 1);
                    for (int i = 0; i < depth; i++)
                        _writer.EndContainer();
                    return;
                default: // FieldMissing
                    return;
            }
            _writer.PutBytes(tag, bytes, 0, bytes.Length);
        }

        /// <summary>65 bytes that are no point of the curve: random, infinity, beyond the field, compressed, beside the curve.</summary>
        private byte[] BadPoint()
        {
            byte[] point = new byte[P256.PointLength];
            int kind = _random.Next(5);
            if (kind != 1)
                _random.NextBytes(point);
            point[0] = (byte)(kind == 3 ? 2 + _random.Next(2) : kind == 1 ? 4 * _random.Next(2) : 4);
            if (kind == 2)
                Array.Fill(point, (byte)0xFF, 1, 32);
            if (kind == 4)
                Array.Clear(point, 1, 32);
            return point;
        }
    }
}
