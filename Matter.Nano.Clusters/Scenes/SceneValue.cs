using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Fields of AttributeValuePairStruct (Matter Application Clusters 1.4): the one for an attribute's type holds its value.</summary>
    public static class SceneValue
    {
        /// <summary>For bool, map8, enum8, uint8.</summary>
        public const int Unsigned8 = 1;

        /// <summary>For int8.</summary>
        public const int Signed8 = 2;

        /// <summary>For map16, enum16, uint16.</summary>
        public const int Unsigned16 = 3;

        /// <summary>For int16.</summary>
        public const int Signed16 = 4;

        /// <summary>For map32, uint24, uint32.</summary>
        public const int Unsigned32 = 5;

        /// <summary>For int24, int32.</summary>
        public const int Signed32 = 6;

        /// <summary>For map64, uint40 to uint64.</summary>
        public const int Unsigned64 = 7;

        /// <summary>For int40 to int64.</summary>
        public const int Signed64 = 8;

        internal const int AttributeIdTag = 0;

        /// <summary>Writes an attribute and its value.</summary>
        /// <param name="writer">Receives an anonymous structure.</param>
        /// <param name="attributeId">The attribute.</param>
        /// <param name="valueTag">One of the fields above.</param>
        /// <param name="value">The value; an unsigned one of 64 bits as its bits.</param>
        public static void Write(TlvWriter writer, uint attributeId, int valueTag, long value)
        {
            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(AttributeIdTag, attributeId);
            if (IsSigned(valueTag))
            {
                writer.PutSigned(valueTag, value);
            }
            else
            {
                writer.PutUnsigned(valueTag, (ulong)value);
            }

            writer.EndContainer();
        }

        /// <summary>Reads the value of a field; a fault stays in the reader.</summary>
        /// <param name="reader">Stands on it.</param>
        /// <returns>The value; an unsigned one of 64 bits as its bits.</returns>
        internal static long Read(TlvReader reader)
        {
            int width = 8 << ((reader.Tag - 1) >> 1);
            if (IsSigned(reader.Tag))
            {
                long minimum = long.MinValue >> (64 - width);
                return reader.GetSigned(minimum, -(minimum + 1));
            }

            return (long)reader.GetUnsigned(ulong.MaxValue >> (64 - width));
        }

        private static bool IsSigned(int valueTag)
        {
            return (valueTag & 1) == 0;
        }
    }
}
