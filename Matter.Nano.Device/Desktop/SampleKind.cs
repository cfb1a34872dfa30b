using Matter.Nano.Clusters;
using Matter.Nano.Device.Samples;

namespace Matter.Nano.Device.Desktop
{
    /// <summary>The samples by name, and the commands that each adds to the usual ones.</summary>
    internal static class SampleKind
    {
        public static readonly string[] Names = { "light", "dimmable", "plug", "sensor", "switch", "bridge" };

        /// <summary>Makes a sample.</summary>
        /// <param name="name">One of <see cref="Names"/>.</param>
        /// <param name="switched">Told when a lamp or socket is switched.</param>
        /// <param name="dimmed">Told how bright a lamp is to be.</param>
        public static SampleDevice Create(string name, OnOffHandler switched, LevelHandler dimmed)
        {
            switch (name)
            {
                case "dimmable":
                    return new DimmableSample(dimmed);
                case "plug":
                    return new PlugSample(switched);
                case "sensor":
                    return new SensorSample();
                case "switch":
                    return new SwitchSample();
                case "bridge":
                    return new BridgeSample(switched);
                default:
                    return new LightSample(switched);
            }
        }

        /// <summary>One line about a sample's own commands.</summary>
        public static string HelpOf(string name)
        {
            switch (name)
            {
                case "dimmable":
                    return "toggle, set level 128";
                case "sensor":
                    return "set temperature 21.5, set humidity 45, set occupied on, open, close";
                case "switch":
                    return "press 1, release 1, press 2, release 2, set position 2";
                case "bridge":
                    return "toggle (the lamp), open, close (the door), set temperature 21.5, set humidity 45, set reachable off (the door), add lamp, remove 7";
                default:
                    return "toggle (its own switch)";
            }
        }
    }
}
