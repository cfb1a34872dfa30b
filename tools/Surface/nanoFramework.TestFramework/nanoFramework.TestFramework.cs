using System;
using System.Collections;

namespace nanoFramework.TestFramework
{
    public class TestClassAttribute : Attribute
    {
        public extern TestClassAttribute();
    }

    public class TestMethodAttribute : Attribute
    {
        public extern TestMethodAttribute();
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public class DataRowAttribute : Attribute
    {
        public extern DataRowAttribute(params object[] methodParameters);
    }

    public sealed class Assert
    {
        public static extern void AreEqual(int expected, int actual, string message = "");
        public static extern void AreEqual(long expected, long actual, string message = "");
        public static extern void AreEqual(string expected, string actual, string message = "");
        public static extern void AreEqual(ulong expected, ulong actual, string message = "");
        public static extern void IsFalse(bool condition, string message = "");
        public static extern void IsTrue(bool condition, string message = "");
        public static extern void AreEqual(bool expected, bool actual, string message = "");
        public static extern void AreEqual(double expected, double actual, string message = "");        public static extern void IsNull(object value, string message = "");
        public static extern void AreNotEqual(int notExpected, int actual, string message = "");
        public static extern void IsNotNull(object value, string message = "");
        public static extern void AreSame(object expected, object actual, string message = "");
        public static extern void AreNotSame(object notExpected, object actual, string message = "");
        public static extern void AreNotEqual(ulong notExpected, ulong actual, string message = "");
        public static extern void AreNotEqual(string notExpected, string actual, string message = "");
    }

    public sealed class CollectionAssert
    {
        public static extern void AreEqual(ICollection expected, ICollection actual, string message = "");
        public static extern void AreNotEqual(ICollection notExpected, ICollection actual, string message = "");
    }

    public static class OutputHelper
    {
        public static extern void WriteLine(string message);
    }
}
