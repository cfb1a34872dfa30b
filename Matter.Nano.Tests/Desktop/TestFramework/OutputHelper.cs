using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Text for the test's output.</summary>
    public static class OutputHelper
    {
        /// <summary>Writes the text.</summary>
        public static void Write(string message)
        {
            Console.Write(message);
        }

        /// <summary>Writes the text and ends the line.</summary>
        public static void WriteLine(string message)
        {
            Console.WriteLine(message);
        }
    }
}
