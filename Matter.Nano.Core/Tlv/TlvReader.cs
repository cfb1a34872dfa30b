namespace Matter.Nano.Tlv
{
    /// <summary>
    /// Cursor over TLV in (buffer, offset, length), Matter Core appendix A. Allocates nothing. Sticky: after the first
    /// fault <see cref="Error"/> stays set, <see cref="Next"/> answers false and every read yields zero; a parser reads
    /// all fields, checks <see cref="Error"/> once, and only then acts.
    /// </summary>
    /// <remarks>
    /// <code>
    /// reader.Reset(buffer, offset, length);
    /// reader.EnterMessage();                       // the one anonymous structure that every message is
    /// while (reader.Next())
    /// {
    ///     switch (reader.Tag)
    ///     {
    ///         case 1: id = (int)reader.GetUnsigned(0xFFFF); break;
    ///         case 2: reader.Enter(); while (reader.Next()) { … } reader.Exit(); break;
    ///     }                                        // unknown tags: simply not read, skipped whole by Next
    /// }
    /// if (reader.Finish() != 0) return reader.Error;
    /// </code>
    /// </remarks>
    public sealed class TlvReader
    {
        /// <summary>Containers inside one another that a reader follows.</summary>
        public const int MaxDepth = 10;

        /// <summary>0, or the first fault as a negative <see cref="MatterError"/>.</summary>
        public int Error { get { return 0; } }

        /// <summary>The current element's type, one of <see cref="TlvType"/>.</summary>
        public int Type { get { return 0; } }

        /// <summary>The current element's tag: 0 to 255, <see cref="TlvTag.Anonymous"/> or <see cref="TlvTag.Profile"/>.</summary>
        public int Tag { get { return 0; } }

        /// <summary>The current element's tag control field, 0 to 7 (anonymous, context, common 2/4, implicit 2/4, fully qualified 6/8).</summary>
        public int TagControl { get { return 0; } }

        /// <summary>Profile of a profile tag: vendor id &lt;&lt; 16 | profile number; 0 for common and implicit ones.</summary>
        public uint TagProfile { get { return 0; } }

        /// <summary>Number of a context or profile tag.</summary>
        public uint TagNumber { get { return 0; } }

        /// <summary>The buffer under the cursor: the array given to <see cref="Reset"/>, not a copy.</summary>
        public byte[] Buffer { get { return null; } }

        /// <summary>First byte of the current string or octet string's content in <see cref="Buffer"/>.</summary>
        public int ValueOffset { get { return 0; } }

        /// <summary>Length in bytes of the current string or octet string's content; 0 for other types.</summary>
        public int ValueLength { get { return 0; } }

        /// <summary>First byte of the current element: its control byte.</summary>
        public int ElementOffset { get { return 0; } }

        /// <summary>Starts over on new bytes; keeps a reference to <paramref name="buffer"/> until the next Reset.</summary>
        /// <param name="buffer">Holds the TLV.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Length in bytes; nothing beyond it is ever read.</param>
        public void Reset(byte[] buffer, int offset, int length) { }

        /// <summary>Moves to the first element and enters it; a fault unless it is an anonymous structure.</summary>
        public void EnterMessage() { }

        /// <summary>Moves to the next element of the present container, skipping whole whatever the present one contains.</summary>
        /// <returns>False at the end of the container or of the buffer, and after a fault.</returns>
        public bool Next() { return false; }

        /// <summary>Enters the current structure, array or list; a fault if it is none.</summary>
        public void Enter() { }

        /// <summary>Leaves the container entered last, skipping what is left of it.</summary>
        public void Exit() { }

        /// <summary>Leaves every open container and checks that nothing follows the outermost element.</summary>
        /// <returns>0 or the fault.</returns>
        public int Finish() { return 0; }

        /// <summary>Length in bytes of the current element with control byte, tag, contents and end of container, checked whole.</summary>
        /// <returns>The length or the fault.</returns>
        public int ElementLength() { return 0; }

        /// <summary>The current unsigned integer.</summary>
        /// <param name="maximum">Largest allowed value; a larger one is <see cref="MatterError.OutOfRange"/>.</param>
        /// <returns>The value; 0 after a fault.</returns>
        public ulong GetUnsigned(ulong maximum) { return 0; }

        /// <summary>The current signed integer.</summary>
        /// <param name="minimum">Smallest allowed value.</param>
        /// <param name="maximum">Largest allowed value.</param>
        /// <returns>The value; 0 after a fault.</returns>
        public long GetSigned(long minimum, long maximum) { return 0; }

        /// <summary>The current boolean.</summary>
        /// <returns>The value; false after a fault.</returns>
        public bool GetBoolean() { return false; }

        /// <summary>The current single or double precision number.</summary>
        /// <returns>The value; 0 after a fault.</returns>
        public double GetDouble() { return 0; }

        /// <summary>Checks that the current element is an octet string whose length is within bounds; read it at <see cref="ValueOffset"/>.</summary>
        /// <param name="minimum">Smallest allowed length in bytes.</param>
        /// <param name="maximum">Largest allowed length in bytes.</param>
        /// <returns>The length; 0 after a fault.</returns>
        public int GetBytes(int minimum, int maximum) { return 0; }

        /// <summary>Checks that the current element is a UTF-8 string (valid, without NUL) whose length is within bounds; read it at <see cref="ValueOffset"/>.</summary>
        /// <param name="minimum">Smallest allowed length in bytes.</param>
        /// <param name="maximum">Largest allowed length in bytes.</param>
        /// <returns>The length in bytes; 0 after a fault.</returns>
        public int GetString(int minimum, int maximum) { return 0; }

        /// <summary>Copies the current octet string; a fault unless it has exactly that length.</summary>
        /// <param name="destination">Receives the bytes.</param>
        /// <param name="destinationOffset">Where they go.</param>
        /// <param name="length">The length in bytes that it must have.</param>
        public void CopyBytes(byte[] destination, int destinationOffset, int length) { }

        /// <summary>Sets <see cref="Error"/> if it is not yet set: for a caller's own checks.</summary>
        /// <param name="error">A negative <see cref="MatterError"/>.</param>
        public void Fail(int error) { }

        /// <summary>Takes a second cursor's place, so that a part can be read twice.</summary>
        /// <param name="other">The reader whose position is copied.</param>
        public void CopyFrom(TlvReader other) { }
    }
}
