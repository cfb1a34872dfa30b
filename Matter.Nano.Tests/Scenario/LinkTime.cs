namespace Matter.Nano.Tests.Scenario
{
    /// <summary>The virtual time of a link, to wait by.</summary>
    internal sealed class LinkTime
    {
        private readonly MemoryLink _link;

        public LinkTime(MemoryLink link)
        {
            _link = link;
        }

        /// <summary>See <see cref="WaitHandler"/>.</summary>
        public void Wait(int milliseconds)
        {
            _link.Run(milliseconds);
        }
    }
}
