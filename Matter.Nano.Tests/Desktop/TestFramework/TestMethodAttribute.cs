using System;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>Marks a test method; runs the class's <see cref="SetupAttribute"/> method before the first of them.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public sealed class TestMethodAttribute : Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute
    {
        private static readonly ConcurrentDictionary<Type, Lazy<Exception>> Setups = new ConcurrentDictionary<Type, Lazy<Exception>>();

        /// <summary>Notes where the test stands in its source file.</summary>
        public TestMethodAttribute([CallerFilePath] string file = "", [CallerLineNumber] int line = -1)
            : base(file, line)
        {
        }

        /// <inheritdoc/>
        public override Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
        {
            Type testClass = testMethod.MethodInfo.ReflectedType;
            Exception failure = Setups.GetOrAdd(testClass, c => new Lazy<Exception>(() => RunSetup(c))).Value;
            if (failure == null)
            {
                return base.ExecuteAsync(testMethod);
            }

            TestResult result = new TestResult();
            result.Outcome = failure is AssertInconclusiveException ? UnitTestOutcome.Inconclusive : UnitTestOutcome.Failed;
            result.TestFailureException = failure;
            return Task.FromResult(new[] { result });
        }

        private static Exception RunSetup(Type testClass)
        {
            foreach (MethodInfo method in testClass.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (method.IsDefined(typeof(SetupAttribute)))
                {
                    try
                    {
                        method.Invoke(Activator.CreateInstance(testClass), null);
                    }
                    catch (TargetInvocationException e)
                    {
                        return ExceptionDispatchInfo.Capture(e.InnerException).SourceException;
                    }
                }
            }

            return null;
        }
    }
}
