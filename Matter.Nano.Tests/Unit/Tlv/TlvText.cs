using System;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>TLV as text, in the notation of the vector files, and TLV written anew from what a reader sees.</summary>
    internal static class TlvText
    {
        /// <summary>The elements as text; null after a fault.</summary>
        public static string Of(byte[] tlv)
        {
            TlvReader reader = new TlvReader();
            reader.Reset(tlv, 0, tlv.Length);
            string text = Elements(reader);
            return reader.Error == 0 ? text : null;
        }

        /// <summary>The same elements as the writer writes them; the room is what the writer needs at most.</summary>
        public static byte[] Rewritten(byte[] tlv)
        {
            TlvReader reader = new TlvReader();
            TlvWriter writer = new TlvWriter();
            reader.Reset(tlv, 0, tlv.Length);
            writer.Reset(new byte[tlv.Length], 0, tlv.Length);
            Copy(reader, writer);
            Assert.IsTrue(reader.Error == 0 && writer.Error == 0);
            byte[] written = new byte[writer.Length];
            Array.Copy(writer.Buffer, 0, written, 0, written.Length);
            return written;
        }

        /// <summary>Lower-case hexadecimal.</summary>
        public static string Hex(byte[] bytes, int offset, int length)
        {
            char[] digits = new char[2 * length];
            for (int i = 0; i < length; i++)
            {
                digits[2 * i] = "0123456789abcdef"[bytes[offset + i] >> 4];
                digits[2 * i + 1] = "0123456789abcdef"[bytes[offset + i] & 15];
            }
            return new string(digits);
        }

        private static string Elements(TlvReader reader)
        {
            string text = "";
            while (reader.Next())
            {
                if (text.Length > 0) text += " ";
                text += Tag(reader) + Value(reader);
            }
            return text;
        }

        private static string Tag(TlvReader reader)
        {
            switch (reader.TagControl)
            {
                case 0: return "";
                case 1: return reader.Tag.ToString() + "=";
                case 2: case 3: return "c:" + reader.TagNumber.ToString() + "=";
                case 4: case 5: return "i:" + reader.TagNumber.ToString() + "=";
                default:
                    return (reader.TagProfile >> 16).ToString("x4") + ":" + (reader.TagProfile & 0xFFFF).ToString("x4")
                        + ":" + reader.TagNumber.ToString() + "=";
            }
        }

        private static string Value(TlvReader reader)
        {
            int type = reader.Type;
            switch (type)
            {
                case TlvType.SignedInteger: return reader.GetSigned(long.MinValue, long.MaxValue).ToString();
                case TlvType.UnsignedInteger: return reader.GetUnsigned(ulong.MaxValue).ToString() + "u";
                case TlvType.Boolean: return reader.GetBoolean() ? "true" : "false";
                case TlvType.Null: return "null";
                case TlvType.Float: return "f:" + Written(reader, 4);
                case TlvType.Double: return "d:" + Written(reader, 8);
                case TlvType.String:
                    {
                        int length = reader.GetString(0, int.MaxValue);
                        return "s:" + Hex(reader.Buffer, reader.ValueOffset, length);
                    }
                case TlvType.Bytes:
                    {
                        int length = reader.GetBytes(0, int.MaxValue);
                        return "b:" + Hex(reader.Buffer, reader.ValueOffset, length);
                    }
            }
            reader.Enter();
            string members = Elements(reader);
            reader.Exit();
            if (type == TlvType.Structure) return "{" + members + "}";
            return type == TlvType.Array ? "[" + members + "]" : "(" + members + ")";
        }

        private static string Written(TlvReader reader, int width)
        {
            TlvWriter writer = new TlvWriter();
            writer.Reset(new byte[1 + width], 0, 1 + width);
            if (width == 4) writer.PutFloat(TlvTag.Anonymous, (float)reader.GetDouble());
            else writer.PutDouble(TlvTag.Anonymous, reader.GetDouble());
            return Hex(writer.Buffer, 1, width);
        }

        private static void Copy(TlvReader reader, TlvWriter writer)
        {
            while (reader.Next())
            {
                int tag = reader.Tag;
                writer.SetProfileTag(reader.TagControl, reader.TagProfile, reader.TagNumber);
                switch (reader.Type)
                {
                    case TlvType.SignedInteger: writer.PutSigned(tag, reader.GetSigned(long.MinValue, long.MaxValue)); continue;
                    case TlvType.UnsignedInteger: writer.PutUnsigned(tag, reader.GetUnsigned(ulong.MaxValue)); continue;
                    case TlvType.Boolean: writer.PutBoolean(tag, reader.GetBoolean()); continue;
                    case TlvType.Float: writer.PutFloat(tag, (float)reader.GetDouble()); continue;
                    case TlvType.Double: writer.PutDouble(tag, reader.GetDouble()); continue;
                    case TlvType.String: writer.PutString(tag, reader.Buffer, reader.ValueOffset, reader.GetString(0, int.MaxValue)); continue;
                    case TlvType.Bytes: writer.PutBytes(tag, reader.Buffer, reader.ValueOffset, reader.GetBytes(0, int.MaxValue)); continue;
                    case TlvType.Null: writer.PutNull(tag); continue;
                    case TlvType.Structure: writer.StartStructure(tag); break;
                    case TlvType.Array: writer.StartArray(tag); break;
                    case TlvType.List: writer.StartList(tag); break;
                }
                reader.Enter();
                Copy(reader, writer);
                reader.Exit();
                writer.EndContainer();
            }
        }
    }
}
