using System;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// Marks the method that runs once before the tests of its class. MSTest offers no hook for a counterpart
    /// afterwards, so there is none here: a test that used it would not compile.
    /// </summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class SetupAttribute : Attribute
    {
    }
}
