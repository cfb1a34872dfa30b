using System;

namespace Matter.Nano.Discovery
{
    /// <summary>
    /// One domain name: its first label and the name that follows. Names form a tree, so a writer compresses by noting
    /// in each node where it stands; so a name serves one writer only.
    /// </summary>
    public sealed class DnsName
    {
        /// <summary>Largest label in bytes.</summary>
        public const int MaxLabelLength = 63;

        private readonly DnsName _parent;
        private readonly byte[] _label;

        // Depth and length in the low bytes, where it was written last above them: every field of a name is 12 bytes of heap.
        private int _state;

        /// <summary>Creates a name with a label of fixed text.</summary>
        /// <param name="label">ASCII, 1 to 63 characters.</param>
        /// <param name="parent">The rest of the name, or null for the root.</param>
        public DnsName(string label, DnsName parent)
            : this(label.Length, parent)
        {
            for (int i = 0; i < label.Length; i++)
                _label[i] = (byte)label[i];
            Length = label.Length;
        }

        /// <summary>Creates a name whose label is set later.</summary>
        /// <param name="capacity">Room for the label, 1 to 63 bytes.</param>
        /// <param name="parent">The rest of the name, or null for the root.</param>
        public DnsName(int capacity, DnsName parent)
        {
            if (capacity < 1 || capacity > MaxLabelLength)
                throw new ArgumentException();
            _label = new byte[capacity];
            _parent = parent;
            _state = parent == null ? 1 : parent.Depth + 1;
        }

        /// <summary>The name after the first label; null if none follows.</summary>
        public DnsName Parent { get { return _parent; } }

        /// <summary>Number of labels.</summary>
        public int Depth { get { return _state & 0xFF; } }

        /// <summary>The first label, owned by the name; whoever fills it sets <see cref="Length"/>.</summary>
        public byte[] Label { get { return _label; } }

        /// <summary>Length of the first label in bytes; a name of length 0 is unset and equals nothing.</summary>
        public int Length
        {
            get { return _state >> 8 & 0xFF; }
            set { _state = (_state & ~0xFF00) | (value << 8); }
        }

        /// <summary>The datagram in which a writer last wrote the name.</summary>
        internal int WrittenIn { get; set; }

        /// <summary>Where it stands in that datagram.</summary>
        internal int WrittenAt
        {
            get { return _state >> 16; }
            set { _state = (_state & 0xFFFF) | (value << 16); }
        }
    }
}
