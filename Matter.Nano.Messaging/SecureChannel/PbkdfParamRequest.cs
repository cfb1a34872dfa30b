using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>The fields of PBKDFParamRequest; offsets are into the buffer that was read.</summary>
    internal sealed class PbkdfParamRequest
    {
        /// <summary>Length of both sides' random numbers in bytes.</summary>
        internal const int RandomLength = 32;

        private const int Mandatory = 0x0F;

        internal int InitiatorRandomOffset { get; private set; }

        internal int InitiatorSessionId { get; private set; }

        internal int PasscodeId { get; private set; }

        internal bool HasPbkdfParameters { get; private set; }

        /// <summary>Takes a message apart.</summary>
        /// <param name="reader">Free to use.</param>
        /// <param name="parameters">Receives the initiator's session parameters.</param>
        /// <param name="buffer">Holds the message.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>False if it is malformed or incomplete; the fields are then meaningless.</returns>
        internal bool Read(TlvReader reader, SessionParameters parameters, byte[] buffer, int offset, int length)
        {
            int seen = 0;
            parameters.Reset();
            reader.Reset(buffer, offset, length);
            reader.EnterMessage();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 1:
                        reader.GetBytes(RandomLength, RandomLength);
                        InitiatorRandomOffset = reader.ValueOffset;
                        seen |= 1;
                        break;
                    case 2:
                        InitiatorSessionId = (int)reader.GetUnsigned(0xFFFF);
                        seen |= 2;
                        break;
                    case 3:
                        PasscodeId = (int)reader.GetUnsigned(0xFFFF);
                        seen |= 4;
                        break;
                    case 4:
                        HasPbkdfParameters = reader.GetBoolean();
                        seen |= 8;
                        break;
                    case 5:
                        parameters.Read(reader);
                        break;
                }
            }

            return reader.Finish() == 0 && seen == Mandatory;
        }
    }
}
