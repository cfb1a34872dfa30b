using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// The public members of one real assembly, from a text with one declaration a line: "assembly NAME.dll | package … |
    /// newest stable VERSION", then for each type "// namespace …", its declaration, and its members indented.
    /// </summary>
    internal sealed class ApiList
    {
        private readonly Dictionary<string, HashSet<string>> _members = [];
        private readonly Dictionary<string, HashSet<string>> _bases = [];

        /// <summary>Reads a list.</summary>
        public ApiList(string path)
        {
            string[] lines = File.ReadAllLines(path);
            Match first = Regex.Match(lines[0], @"^assembly (\S+)\.(dll|exe) .* newest stable (\S+)");
            AssemblyName = first.Groups[1].Value;
            Version = first.Groups[3].Value + ".0";
            string space = "";
            HashSet<string> members = [];
            foreach (string line in lines[1..])
            {
                if (line.StartsWith("// namespace "))
                {
                    space = line["// namespace ".Length..].Trim();
                }
                else if (line.StartsWith("  "))
                {
                    members.Add(Plain(line));
                }
                else if (line.Length > 0 && !line.StartsWith('#') && !line.StartsWith("//"))
                {
                    string[] parts = Plain(line).Split(" : ");
                    string type = space + ": " + parts[0];
                    _members[type] = members = [];
                    _bases[type] = parts.Length > 1 ? [.. parts[1].Split(", ")] : [];
                }
            }
        }

        /// <summary>Name of the assembly.</summary>
        public string AssemblyName { get; }

        /// <summary>Version of the assembly, four numbers.</summary>
        public string Version { get; }

        /// <summary>Whether the type is declared so ("namespace: declaration", without bases).</summary>
        public bool HasType(string type)
        {
            return _members.ContainsKey(type);
        }

        /// <summary>Whether the type names this base or interface.</summary>
        public bool HasBase(string type, string name)
        {
            return _bases[type].Contains(name);
        }

        /// <summary>Whether the type has the member, declared so.</summary>
        public bool HasMember(string type, string member)
        {
            return _members[type].Contains(member);
        }

        /// <summary>Drops what says nothing about the signature.</summary>
        private static string Plain(string line)
        {
            line = Regex.Replace(line, @"\s*// \[Obsolete\]", "").Trim();
            return line.Replace("[Flags] ", "").Replace("extern ", "");
        }
    }
}
