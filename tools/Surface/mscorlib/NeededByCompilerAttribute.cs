namespace System
{
    /// <summary>
    /// On a type or member of the surface that stays although no compiled code names it: the C# compiler asks for it.
    /// Internal, so it is no part of the surface.
    /// </summary>
    internal sealed class NeededByCompilerAttribute : Attribute
    {
    }
}
