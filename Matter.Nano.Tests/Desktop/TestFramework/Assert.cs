using System;
using MS = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>
    /// The assertions of nanoFramework.TestFramework on those of MSTest. The overloads are those of the target, so that a
    /// call means the same on both.
    /// </summary>
    public static class Assert
    {
        /// <summary>The values are equal.</summary>
        public static void AreEqual(bool expected, bool actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(byte expected, byte actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(char expected, char actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(DateTime expected, DateTime actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(double expected, double actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(float expected, float actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(int expected, int actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(long expected, long actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(object expected, object actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(sbyte expected, sbyte actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(short expected, short actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(string expected, string actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(uint expected, uint actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(ulong expected, ulong actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values are equal.</summary>
        public static void AreEqual(ushort expected, ushort actual, string message = "")
        {
            MS.Assert.AreEqual(expected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(bool notExpected, bool actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(byte notExpected, byte actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(char notExpected, char actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(double notExpected, double actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(float notExpected, float actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(int notExpected, int actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(long notExpected, long actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(object notExpected, object actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(short notExpected, short actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(string notExpected, string actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(uint notExpected, uint actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(ulong notExpected, ulong actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>The values differ.</summary>
        public static void AreNotEqual(ushort notExpected, ushort actual, string message = "")
        {
            MS.Assert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>Both are the same object.</summary>
        public static void AreSame(object expected, object actual, string message = "")
        {
            MS.Assert.AreSame(expected, actual, message);
        }

        /// <summary>They are two objects.</summary>
        public static void AreNotSame(object notExpected, object actual, string message = "")
        {
            MS.Assert.AreNotSame(notExpected, actual, message);
        }

        /// <summary>The condition holds.</summary>
        public static void IsTrue(bool condition, string message = "")
        {
            MS.Assert.IsTrue(condition, message);
        }

        /// <summary>The condition does not hold.</summary>
        public static void IsFalse(bool condition, string message = "")
        {
            MS.Assert.IsFalse(condition, message);
        }

        /// <summary>The reference is null.</summary>
        public static void IsNull(object value, string message = "")
        {
            MS.Assert.IsNull(value, message);
        }

        /// <summary>The reference is not null.</summary>
        public static void IsNotNull(object value, string message = "")
        {
            MS.Assert.IsNotNull(value, message);
        }

        /// <summary>The object is of the type or one derived from it.</summary>
        public static void IsInstanceOfType(object value, Type expected, string message = "")
        {
            MS.Assert.IsInstanceOfType(value, expected, message);
        }

        /// <summary>The object is neither of the type nor of one derived from it.</summary>
        public static void IsNotInstanceOfType(object value, Type notExpected, string message = "")
        {
            MS.Assert.IsNotInstanceOfType(value, notExpected, message);
        }

        /// <summary>The value holds the expected text.</summary>
        public static void Contains(string expected, string value, string message = "")
        {
            MS.Assert.Contains(expected, value, message);
        }

        /// <summary>The value does not hold the text.</summary>
        public static void DoesNotContains(string notExpected, string value, string message = "")
        {
            MS.Assert.DoesNotContain(notExpected, value, message);
        }

        /// <summary>The value begins with the expected text.</summary>
        public static void StartsWith(string expected, string value, string message = "")
        {
            MS.Assert.StartsWith(expected, value, message);
        }

        /// <summary>The value ends with the expected text.</summary>
        public static void EndsWith(string expected, string value, string message = "")
        {
            MS.Assert.EndsWith(expected, value, message);
        }

        /// <summary>The action throws an exception of exactly this type.</summary>
        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            try
            {
                action();
            }
            catch (Exception e) when (e.GetType() == exception)
            {
                return;
            }

            MS.Assert.Fail("No " + exception.Name + ". " + message);
        }

        /// <summary>Ends the test as skipped; in a set-up, all tests of the class.</summary>
        public static void SkipTest(string message = null)
        {
            MS.Assert.Inconclusive(message);
        }
    }
}
