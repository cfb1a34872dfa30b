namespace Matter.Nano.Device.Storage
{
    /// <summary>
    /// Whole files by name in one directory, as a <see cref="SlotStore"/> needs them. A write that a power cut interrupts may
    /// leave anything under that name, other files stay as they are.
    /// </summary>
    public interface IFileMedium
    {
        /// <summary>Reads a file; where there is none, the buffer stays as it is.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="buffer">Receives the file from byte 0 on.</param>
        /// <returns>
        /// The length in bytes, <see cref="MatterError.NotFound"/>, <see cref="MatterError.BufferTooSmall"/> or
        /// <see cref="MatterError.StorageFailed"/>.
        /// </returns>
        int Read(string name, byte[] buffer);

        /// <summary>Writes a file, making it or replacing what is there; it is on the medium when the call returns.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="buffer">Holds the file from byte 0 on.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        int Write(string name, byte[] buffer, int length);

        /// <summary>Removes a file; a missing one is no error.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        int Delete(string name);

        /// <summary>The names of all files.</summary>
        /// <returns>The names in any order; null if the directory cannot be read.</returns>
        string[] List();
    }
}
