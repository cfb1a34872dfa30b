using System;
using System.Globalization;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// How much the counting tests do: a sample of a few seconds, or what the environment variable MATTER_NANO_SOAK asks for:
    /// "full", or a percentage of it as a number.
    /// </summary>
    internal static class Soak
    {
        public static int Count(int sample, int full)
        {
            string value = Environment.GetEnvironmentVariable("MATTER_NANO_SOAK");
            if (string.IsNullOrEmpty(value))
                return sample;
            return value == "full" ? full : Math.Max(1, (int)(full * double.Parse(value, CultureInfo.InvariantCulture) / 100));
        }
    }
}
