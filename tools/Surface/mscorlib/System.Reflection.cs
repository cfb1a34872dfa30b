namespace System.Reflection
{
    [NeededByCompiler]
    public abstract class MemberInfo
    {
        [NeededByCompiler]
        protected extern MemberInfo();
    }

    [NeededByCompiler]
    public sealed class DefaultMemberAttribute : Attribute
    {
        [NeededByCompiler]
        public extern DefaultMemberAttribute(string memberName);
    }

    [NeededByCompiler]
    public sealed class AssemblyVersionAttribute : Attribute
    {
        [NeededByCompiler]
        public extern AssemblyVersionAttribute(string version);
    }

    public sealed class AssemblyTitleAttribute : Attribute
    {
        public extern AssemblyTitleAttribute(string title);
    }

    public sealed class AssemblyDescriptionAttribute : Attribute
    {
        public extern AssemblyDescriptionAttribute(string description);
    }

    public sealed class AssemblyCopyrightAttribute : Attribute
    {
        public extern AssemblyCopyrightAttribute(string copyright);
    }
}
