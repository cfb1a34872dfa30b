namespace nanoFramework.Runtime.Native
{
    public static class GC
    {
        public static extern uint Run(bool compactHeap);
    }

    public class Power
    {
        public extern Power();
        public static extern void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot);
    }

    public enum RebootOption
    {
        NormalReboot = 0,
        ClrOnly = 2,
    }

    public static class SystemInfo
    {
        public static extern string TargetName { get; }
        public static extern string Platform { get; }
    }
}
