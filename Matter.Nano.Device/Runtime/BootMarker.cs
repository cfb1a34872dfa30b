using Matter.Nano.Clusters;
using Matter.Nano.Platform;

namespace Matter.Nano.Device.Runtime
{
    /// <summary>
    /// Why the device starts. The platform doesn't tell, so the application leaves a mark before it restarts by itself; a
    /// start without one had another reason.
    /// </summary>
    public static class BootMarker
    {
        private static readonly byte[] Mark = { BootReason.SoftwareReset };

        /// <summary>Leaves the mark: the application is about to restart.</summary>
        /// <param name="store">The device's store.</param>
        /// <returns>0 or <see cref="MatterError.StorageFailed"/>.</returns>
        public static int Leave(IKeyValueStore store)
        {
            return store.Write(StoreKey.BootReason, Mark, 0, Mark.Length);
        }

        /// <summary>Reads the mark and removes it; once at each start.</summary>
        /// <param name="store">The device's store.</param>
        /// <returns>One of <see cref="BootReason"/>.</returns>
        public static int Take(IKeyValueStore store)
        {
            byte[] mark = new byte[1];
            if (store.Read(StoreKey.BootReason, mark, 0, mark.Length) != mark.Length)
            {
                return BootReason.Unspecified;
            }

            store.Delete(StoreKey.BootReason);
            return mark[0] == BootReason.SoftwareReset ? BootReason.SoftwareReset : BootReason.Unspecified;
        }
    }
}
