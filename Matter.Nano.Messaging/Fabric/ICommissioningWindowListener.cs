namespace Matter.Nano.Fabrics
{
    /// <summary>Is told when the commissioning window opens, closes or pauses: mDNS, the AdministratorCommissioning cluster.</summary>
    public interface ICommissioningWindowListener
    {
        /// <summary>Something of the window is another now.</summary>
        /// <param name="window">The window.</param>
        /// <param name="now">Monotonic ms.</param>
        void CommissioningWindowChanged(CommissioningWindow window, long now);
    }
}
