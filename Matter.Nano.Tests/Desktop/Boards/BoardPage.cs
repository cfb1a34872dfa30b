using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A page of the boards' documentation, as far as tests read it.</summary>
    internal sealed class BoardPage
    {
        private readonly string[] _lines;

        public BoardPage(string path)
        {
            Path = path;
            _lines = File.ReadAllLines(path);
        }

        /// <summary>Where it lies.</summary>
        public string Path { get; }

        /// <summary>The headings of the second level.</summary>
        public IEnumerable<string> Headings => _lines.Where(line => line.StartsWith("## ")).Select(line => line.Substring(3));

        /// <summary>Targets of links and pictures.</summary>
        public IEnumerable<string> Links => Regex.Matches(string.Join("\n", _lines), @"\]\(([^)\s]+)\)").Select(link => link.Groups[1].Value);

        /// <summary>Rows of tables, cell by cell.</summary>
        public IEnumerable<string[]> Rows => _lines.Where(line => line.StartsWith("|"))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

        /// <summary>The second cell of the row that begins so.</summary>
        public string Fact(string name)
        {
            return Rows.Single(row => row[0] == name)[1];
        }

        /// <summary>Commands in code blocks, and those of nanoff that stand in the text.</summary>
        public IEnumerable<string> Commands
        {
            get
            {
                bool isCode = false;
                foreach (string line in _lines.Select(line => line.Trim()))
                {
                    if (line.StartsWith("```"))
                        isCode = !isCode;
                    else if (isCode && Regex.IsMatch(line, "^[a-z]"))
                        yield return line;
                    else if (!isCode)
                    {
                        foreach (Match code in Regex.Matches(line, "`(nanoff -[^`]*)`"))
                            yield return code.Groups[1].Value;
                    }
                }
            }
        }
    }
}
