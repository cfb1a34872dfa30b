using System;
using System.Collections.Generic;
using System.Globalization;
using Matter.Nano.Messages;

namespace Matter.Nano.Tests.Desktop.AppleHome
{
    /// <summary>One datagram of the recording.</summary>
    internal sealed class RecordedFrame
    {
        private RecordedFrame(VectorReader v)
        {
            Name = v.Name;
            string[] words = v.Name.Split(' ');
            Number = int.Parse(words[0], CultureInfo.InvariantCulture);
            IsToDevice = words[1] == "to";
            TimeMs = v.Int("time");
            Peer = v.Int("peer");
            Datagram = v.Bytes("frame");
            SessionId = v.Int("session");
            Counter = (uint)v.Long("counter");
            ExchangeId = v.Int("exchange");
            if (v.Has("plaintext"))
            {
                byte[] plaintext = v.Bytes("plaintext");
                ProtocolHeader header = new ProtocolHeader();
                header.Parse(plaintext, 0, plaintext.Length);
                Set(header, plaintext);
            }
            else
            {
                MessageHeader message = new MessageHeader();
                ProtocolHeader header = new ProtocolHeader();
                int start = message.Parse(Datagram, 0, Datagram.Length);
                header.Parse(Datagram, start, Datagram.Length - start);
                Set(header, Datagram);
            }
        }

        /// <summary>The recorder's number.</summary>
        public int Number { get; }

        public string Name { get; }

        public bool IsToDevice { get; }

        /// <summary>ms from the first one.</summary>
        public int TimeMs { get; }

        /// <summary>Number of the controller's address.</summary>
        public int Peer { get; }

        public byte[] Datagram { get; }

        public int SessionId { get; }

        public uint Counter { get; }

        public int ExchangeId { get; }

        public int ProtocolId { get; private set; }

        public int Opcode { get; private set; }

        public byte[] Payload { get; private set; }

        public static List<RecordedFrame> ReadAll()
        {
            List<RecordedFrame> frames = new List<RecordedFrame>();
            VectorReader v = new VectorReader(VectorData.AppleHomeFrames);
            while (v.NextCase())
                frames.Add(new RecordedFrame(v));
            return frames;
        }

        private void Set(ProtocolHeader header, byte[] buffer)
        {
            ProtocolId = header.ProtocolId;
            Opcode = header.Opcode;
            Payload = buffer.AsSpan(header.PayloadOffset, header.PayloadLength).ToArray();
        }
    }
}
