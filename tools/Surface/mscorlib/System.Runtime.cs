namespace System.Runtime.CompilerServices
{
    [NeededByCompiler]
    public static class RuntimeHelpers
    {
        public static extern void InitializeArray(Array array, RuntimeFieldHandle fldHandle);
    }

    [NeededByCompiler]
    public sealed class IndexerNameAttribute : Attribute
    {
        [NeededByCompiler]
        public extern IndexerNameAttribute(string indexerName);
    }

    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    public sealed class InternalsVisibleToAttribute : Attribute
    {
        public extern InternalsVisibleToAttribute(string assemblyName);
    }
}
