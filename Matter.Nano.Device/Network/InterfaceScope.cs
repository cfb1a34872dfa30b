namespace Matter.Nano.Device.Network
{
    /// <summary>
    /// Which index the network interface has. The platform tells it nowhere, so all that may be are tried, and the scope of
    /// the first datagram from a link-local address settles it.
    /// </summary>
    public sealed class InterfaceScope
    {
        /// <summary>The highest index that is tried. Loopback usually has 1, the station 2.</summary>
        public const int Highest = 4;

        private int _joined; // one bit for each index
        private int _known;

        /// <summary>The index if it is known, otherwise 0.</summary>
        public int Known { get { return _known; } }

        /// <summary>Multicast groups could be joined on an interface.</summary>
        /// <param name="index">1 to 31; those up to <see cref="Highest"/> are tried.</param>
        public void Join(int index)
        {
            _joined |= 1 << index;
        }

        /// <summary>Whether groups were joined on an interface.</summary>
        /// <param name="index">1 to 31.</param>
        /// <returns>True if they were.</returns>
        public bool IsJoined(int index)
        {
            return (_joined >> index & 1) != 0;
        }

        /// <summary>A datagram came from a link-local address.</summary>
        /// <param name="scope">Its scope; 0 says nothing.</param>
        /// <returns>True if the index was not known before, or another one.</returns>
        public bool Learn(int scope)
        {
            if (scope == 0 || scope == _known)
            {
                return false;
            }

            _known = scope;
            return true;
        }

        /// <summary>The indices to use, one after the other: the known one, otherwise every one that could be joined.</summary>
        /// <param name="previous">The one before; 0 to begin.</param>
        /// <returns>The next one; 0 if there is none.</returns>
        public int Next(int previous)
        {
            if (_known != 0)
            {
                return previous == 0 ? _known : 0;
            }

            for (int index = previous + 1; index <= Highest; index++)
            {
                if (IsJoined(index))
                {
                    return index;
                }
            }

            return 0;
        }
    }
}
