using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Arguments of one run of a test method; always beside <see cref="TestMethodAttribute"/>.</summary>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class DataRowAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.DataRowAttribute
    {
        /// <summary>Takes the arguments in order.</summary>
        public DataRowAttribute(params object[] methodParameters)
            : base(methodParameters)
        {
        }
    }
}
