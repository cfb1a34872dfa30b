namespace Matter.Nano.Platform
{
    /// <summary>
    /// Non-volatile storage of small values. Each write is atomic: after a power cut a key holds its old or its new value.
    /// </summary>
    public interface IKeyValueStore
    {
        /// <summary>Reads the value of <paramref name="key"/>.</summary>
        /// <param name="key">The key; see StoreKey for the layout.</param>
        /// <param name="buffer">Receives the value; not kept.</param>
        /// <param name="offset">Where the value goes.</param>
        /// <param name="capacity">Room in bytes.</param>
        /// <returns>The length in bytes, <see cref="MatterError.NotFound"/>, <see cref="MatterError.BufferTooSmall"/>, <see cref="MatterError.DamagedRecord"/> for a value that is lost, or <see cref="MatterError.StorageFailed"/>.</returns>
        int Read(long key, byte[] buffer, int offset, int capacity);

        /// <summary>Writes the value of <paramref name="key"/>, replacing any older one.</summary>
        /// <param name="key">The key.</param>
        /// <param name="buffer">Holds the value; not kept.</param>
        /// <param name="offset">First byte of the value.</param>
        /// <param name="length">Length in bytes.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        int Write(long key, byte[] buffer, int offset, int length);

        /// <summary>Removes <paramref name="key"/>; a missing key is no error.</summary>
        /// <param name="key">The key.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        int Delete(long key);

        /// <summary>Removes every key (factory reset).</summary>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        int Clear();
    }
}
