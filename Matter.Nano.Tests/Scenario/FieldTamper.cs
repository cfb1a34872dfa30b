using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Removes or replaces one field of one message.</summary>
    internal sealed class FieldTamper : MessageTamper
    {
        private readonly int _opcode;
        private readonly int _tag;
        private readonly byte[] _bytes;
        private readonly long _number;

        private FieldTamper(int opcode, int tag, byte[] bytes, long number)
        {
            _opcode = opcode;
            _tag = tag;
            _bytes = bytes;
            _number = number;
        }

        public static FieldTamper Remove(int opcode, int tag)
        {
            return new FieldTamper(opcode, tag, null, -1);
        }

        /// <summary>Puts an octet string in the field's place, or at the end if there is no such field.</summary>
        public static FieldTamper Put(int opcode, int tag, byte[] bytes)
        {
            return new FieldTamper(opcode, tag, bytes, -1);
        }

        /// <summary>Puts a number in the field's place, or at the end if there is no such field.</summary>
        public static FieldTamper Put(int opcode, int tag, long number)
        {
            return new FieldTamper(opcode, tag, null, number);
        }

        public override int Change(int opcode, byte[] buffer, int offset, int length)
        {
            if (opcode != _opcode)
            {
                return length;
            }

            byte[] changed = new byte[1100];
            bool seen = false;
            TlvWriter writer = new TlvWriter();
            writer.Reset(changed, 0, changed.Length);
            writer.StartStructure(TlvTag.Anonymous);
            TlvReader reader = new TlvReader();
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                if (reader.Tag == _tag)
                {
                    seen = true;
                    Put(writer);
                }
                else
                {
                    writer.PutElement(reader.Tag, reader);
                }
            }

            if (!seen)
            {
                Put(writer);
            }

            writer.EndContainer();
            Array.Copy(changed, 0, buffer, offset, writer.Length);
            return writer.Length;
        }

        private void Put(TlvWriter writer)
        {
            if (_bytes != null)
            {
                writer.PutBytes(_tag, _bytes, 0, _bytes.Length);
            }
            else if (_number >= 0)
            {
                writer.PutUnsigned(_tag, (ulong)_number);
            }
        }
    }
}
