using Matter.Nano.Crypto;

namespace Matter.Nano.Fabrics
{
    /// <summary>Whether and how PASE is possible now (Matter Core 5.4.2.3, 11.19).</summary>
    public sealed class CommissioningWindow
    {
        /// <summary>WindowStatus: not open.</summary>
        public const int NotOpen = 0;

        /// <summary>WindowStatus: open with an administrator's verifier.</summary>
        public const int Enhanced = 1;

        /// <summary>WindowStatus: open with the device's own passcode.</summary>
        public const int Basic = 2;

        /// <summary>One of <see cref="NotOpen"/>, <see cref="Enhanced"/>, <see cref="Basic"/>.</summary>
        public int Status { get { return 0; } }

        /// <summary>True if PASE is possible: a window is open or the device is factory-new and in its first window.</summary>
        public bool IsOpen { get { return false; } }

        /// <summary>Discriminator to advertise, 12 bits.</summary>
        public int Discriminator { get { return 0; } }

        /// <summary>Verifier w0 ‖ L, 97 bytes, in force while open.</summary>
        public byte[] Verifier { get { return null; } }

        /// <summary>PBKDF2 iterations in force.</summary>
        public int Iterations { get { return 0; } }

        /// <summary>PBKDF2 salt in force, <see cref="SaltLength"/> bytes.</summary>
        public byte[] Salt { get { return null; } }

        /// <summary>Length of the salt, 16 to 32 bytes.</summary>
        public int SaltLength { get { return 0; } }

        /// <summary>Counts a failed PASE attempt; the twentieth closes the window.</summary>
        /// <param name="now">Monotonic ms.</param>
        public void CountFailure(long now) { }
    }
}
