namespace Matter.Nano.Clusters
{
    /// <summary>Called when a tester who knows the enable key wants something to happen that is hard to bring about otherwise.</summary>
    /// <param name="eventTrigger">EventTrigger of the command: what shall happen, as the test of a cluster defines it.</param>
    /// <returns>True if it happens, false if the application doesn't know it.</returns>
    public delegate bool TestEventTriggerHandler(ulong eventTrigger);
}
