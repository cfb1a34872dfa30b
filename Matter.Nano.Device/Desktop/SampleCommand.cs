using System;
using System.Globalization;
using Matter.Nano.Device.Samples;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>A command on standard input that is about a sample: "set temperature 21.5", "press 1", "open", "add lamp".</summary>
    internal static class SampleCommand
    {
        private const int Hundredths = 100;

        /// <summary>Does what it says.</summary>
        /// <param name="sample">The sample.</param>
        /// <param name="command">The line.</param>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>False if it isn't a command of this sample.</returns>
        public static bool Execute(SampleDevice sample, string command, long now)
        {
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words.Length)
            {
                case 1:
                    return words[0] switch
                    {
                        "toggle" => sample.Set("toggle", 0, now),
                        "open" => sample.Set("closed", 0, now),
                        "close" => sample.Set("closed", 1, now),
                        "press" or "release" => sample.Set(words[0], 1, now),
                        _ => false,
                    };
                case 2:
                    return command == "add lamp"
                        ? sample.Set("add", 0, now)
                        : words[0] is "press" or "release" or "remove" && TryParse(words[0], words[1], out int button) && sample.Set(words[0], button, now);
                case 3:
                    return words[0] == "set" && TryParse(words[1], words[2], out int value) && sample.Set(words[1], value, now);
                default:
                    return false;
            }
        }

        private static bool TryParse(string name, string text, out int value)
        {
            bool isMeasurement = name is "temperature" or "humidity";
            value = text is "on" or "true" ? 1 : text == "unknown" ? SampleDevice.Unknown : 0;
            if (isMeasurement ? text == "unknown" : text is "on" or "true" or "off" or "false")
                return true;
            if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                || Math.Abs(number) > short.MaxValue)
                return false;
            value = (int)Math.Round(isMeasurement ? number * Hundredths : number);
            return true;
        }
    }
}
