namespace System
{
    /// <summary>On a member that stays although no compiled code names it: what derives from an abstract class has to be whole.</summary>
    internal sealed class NeededByCompilerAttribute : Attribute
    {
    }
}
