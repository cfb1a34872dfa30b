using System.Collections;
using MS = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework
{
    /// <summary>Assertions on collections, element by element.</summary>
    public static class CollectionAssert
    {
        /// <summary>Same elements in the same order.</summary>
        public static void AreEqual(ICollection expected, ICollection actual, string message = "")
        {
            MS.CollectionAssert.AreEqual(expected, actual, message);
        }

        /// <summary>Not the same elements in the same order.</summary>
        public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "")
        {
            MS.CollectionAssert.AreNotEqual(notExpected, actual, message);
        }

        /// <summary>No element.</summary>
        public static void Empty(ICollection collection, string message = "")
        {
            MS.Assert.AreEqual(0, collection.Count, message);
        }

        /// <summary>At least one element.</summary>
        public static void NotEmpty(ICollection collection, string message = "")
        {
            MS.Assert.AreNotEqual(0, collection.Count, message);
        }
    }
}
