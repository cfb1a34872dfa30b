using System.Collections.Generic;

namespace Matter.Nano.Tools
{
    /// <summary>What the gate found, in the form that MSBuild shows as errors. The same thing is told once.</summary>
    internal sealed class Findings
    {
        private readonly HashSet<string> _known = [];

        /// <summary>One line each.</summary>
        public List<string> Lines { get; } = [];

        /// <summary>Adds a finding about a member, or a whole assembly if the member is empty.</summary>
        public void Add(string rule, NanoAssembly assembly, string member, string text)
        {
            string line = assembly.Label + " : error " + rule + ": " + (member.Length == 0 ? "" : member + ": ") + text;
            if (_known.Add(line))
            {
                Lines.Add(line);
            }
        }
    }
}
