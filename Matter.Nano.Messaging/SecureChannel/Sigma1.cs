using Matter.Nano.Crypto;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.SecureChannel
{
    /// <summary>The fields of Sigma1; offsets are into the buffer that was read.</summary>
    internal sealed class Sigma1
    {
        private const int DestinationIdLength = Hmac.MacLength;
        private const int ResumeMicLength = AesCcm.TagLength;
        private const int Mandatory = 0x0F;
        private const int Resumption = 0x30;

        internal int InitiatorRandomOffset { get; private set; }

        internal int InitiatorSessionId { get; private set; }

        internal int DestinationIdOffset { get; private set; }

        internal int InitiatorKeyOffset { get; private set; }

        /// <summary>Whether the initiator wants to resume a session; the next two fields have a meaning then.</summary>
        internal bool HasResumption { get; private set; }

        internal int ResumptionIdOffset { get; private set; }

        internal int ResumeMicOffset { get; private set; }

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
                        reader.GetBytes(CaseKeySchedule.RandomLength, CaseKeySchedule.RandomLength);
                        InitiatorRandomOffset = reader.ValueOffset;
                        seen |= 1;
                        break;
                    case 2:
                        InitiatorSessionId = (int)reader.GetUnsigned(0xFFFF);
                        seen |= 2;
                        break;
                    case 3:
                        reader.GetBytes(DestinationIdLength, DestinationIdLength);
                        DestinationIdOffset = reader.ValueOffset;
                        seen |= 4;
                        break;
                    case 4:
                        reader.GetBytes(P256.PointLength, P256.PointLength);
                        InitiatorKeyOffset = reader.ValueOffset;
                        seen |= 8;
                        break;
                    case 5:
                        parameters.Read(reader);
                        break;
                    case 6:
                        reader.GetBytes(ResumptionTable.IdLength, ResumptionTable.IdLength);
                        ResumptionIdOffset = reader.ValueOffset;
                        seen |= 16;
                        break;
                    case 7:
                        reader.GetBytes(ResumeMicLength, ResumeMicLength);
                        ResumeMicOffset = reader.ValueOffset;
                        seen |= 32;
                        break;
                }
            }

            // A resumption id without its MIC, or the other way round, is an error of the message (Matter Core 4.14.2.3.4).
            HasResumption = (seen & Resumption) == Resumption;
            return reader.Finish() == 0 && (seen == Mandatory || seen == (Mandatory | Resumption));
        }
    }
}
