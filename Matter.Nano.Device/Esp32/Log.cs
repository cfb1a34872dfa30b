using System;

namespace Matter.Nano.Device.Esp32
{
    /// <summary>Lines for whoever has a debugger or a terminal attached. No secrets.</summary>
    internal static class Log
    {
        /// <summary>Writes a line.</summary>
        public static void Write(string text)
        {
            Console.WriteLine("matter: " + text);
        }
    }
}
