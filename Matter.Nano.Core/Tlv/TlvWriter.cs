namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Writes TLV into a caller's buffer, integers in their shortest form (Matter Core appendix A). Sticky: what does not
    /// fit is not written, <see cref="Error"/> becomes <see cref="MatterError.BufferTooSmall"/> and stays until
    /// <see cref="Reset"/> or <see cref="Rewind"/>. Allocates nothing.
    /// </summary>
    public sealed class TlvWriter
    {
        /// <summary>0 or <see cref="MatterError.BufferTooSmall"/>.</summary>
        public int Error { get { return 0; } }

        /// <summary>The array given to <see cref="Reset"/>.</summary>
        public byte[] Buffer { get { return null; } }

        /// <summary>Bytes written since <see cref="Reset"/>.</summary>
        public int Length { get { return 0; } }

        /// <summary>Bytes of room left.</summary>
        public int Remaining { get { return 0; } }

        /// <summary>Starts over; keeps a reference to <paramref name="buffer"/> until the next Reset.</summary>
        /// <param name="buffer">Receives the TLV.</param>
        /// <param name="offset">First byte to write.</param>
        /// <param name="capacity">Room in bytes.</param>
        public void Reset(byte[] buffer, int offset, int capacity) { }

        /// <summary>Sets <paramref name="bytes"/> of the room aside (or gives them back, if negative) for what must still follow.</summary>
        /// <param name="bytes">Bytes to take from <see cref="Remaining"/>.</param>
        public void Reserve(int bytes) { }

        /// <summary>Goes back to an earlier <see cref="Length"/> and clears <see cref="Error"/>; containers opened since are forgotten.</summary>
        /// <param name="length">An earlier value of <see cref="Length"/>.</param>
        public void Rewind(int length) { }

        /// <summary>Tag for the next element written with <see cref="TlvTag.Profile"/>.</summary>
        /// <param name="tagControl">2 to 7: common 2/4, implicit 2/4, fully qualified 6/8.</param>
        /// <param name="profile">Vendor id &lt;&lt; 16 | profile number; ignored for common and implicit tags.</param>
        /// <param name="number">Tag number.</param>
        public void SetProfileTag(int tagControl, uint profile, uint number) { }

        /// <summary>Opens a structure.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartStructure(int tag) { }

        /// <summary>Opens an array.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartArray(int tag) { }

        /// <summary>Opens a list.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void StartList(int tag) { }

        /// <summary>Closes the container opened last.</summary>
        public void EndContainer() { }

        /// <summary>Writes an unsigned integer.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutUnsigned(int tag, ulong value) { }

        /// <summary>Writes a signed integer.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutSigned(int tag, long value) { }

        /// <summary>Writes a boolean.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutBoolean(int tag, bool value) { }

        /// <summary>Writes a single precision number.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutFloat(int tag, float value) { }

        /// <summary>Writes a double precision number.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="value">The value.</param>
        public void PutDouble(int tag, double value) { }

        /// <summary>Writes null.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        public void PutNull(int tag) { }

        /// <summary>Writes an octet string.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutBytes(int tag, byte[] buffer, int offset, int length) { }

        /// <summary>Writes a UTF-8 string from its bytes, which the caller knows to be valid.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes.</param>
        public void PutString(int tag, byte[] buffer, int offset, int length) { }

        /// <summary>Opens an octet string of known length to be filled in place, and returns where its content goes.</summary>
        /// <param name="tag">Context tag or <see cref="TlvTag"/>.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>Offset of the first content byte in <see cref="Buffer"/>, or <see cref="MatterError.BufferTooSmall"/>.</returns>
        public int ReserveBytes(int tag, int length) { return 0; }

        /// <summary>Copies a whole element under another tag.</summary>
        /// <param name="tag">The new tag: a context tag or <see cref="TlvTag.Anonymous"/>.</param>
        /// <param name="source">Reader standing on the element; does not move.</param>
        public void PutElement(int tag, TlvReader source) { }
    }
}
