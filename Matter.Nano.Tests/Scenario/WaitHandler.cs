namespace Matter.Nano.Tests.Scenario
{
    /// <summary>Lets time pass, virtual or real, with all that happens in it.</summary>
    internal delegate void WaitHandler(int milliseconds);
}
