using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>What the sources say of a board: Board.cs, compiled for it, and nf.proj.</summary>
    internal sealed class BoardFacts
    {
        private static readonly string Source = File.ReadAllText(Path.Combine(Repository.Root, "Matter.Nano.Device", "Esp32", "Board.cs"));

        private readonly Dictionary<string, object> _constants;

        private BoardFacts(XElement item)
        {
            Id = (string)item.Attribute("Include");
            ProjectImage = (string)item.Attribute("Image");
            DeployAddress = (string)item.Attribute("DeployAddress");
            CSharpParseOptions options = new CSharpParseOptions(LanguageVersion.CSharp9, preprocessorSymbols: new[] { "BOARD_" + Id });
            _constants = CSharpSyntaxTree.ParseText(Source, options).GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>()
                .SelectMany(field => field.Declaration.Variables)
                .ToDictionary(constant => constant.Identifier.Text, constant => ((LiteralExpressionSyntax)constant.Initializer.Value).Token.Value);
        }

        /// <summary>All that nf.proj compiles for.</summary>
        public static BoardFacts[] All { get; } = XDocument.Load(Path.Combine(Repository.Root, "nf.proj")).Descendants()
            .Where(element => element.Name.LocalName == "NanoBoard").Select(item => new BoardFacts(item)).ToArray();

        /// <summary>The symbols that Board.cs knows.</summary>
        public static string[] Symbols { get; } = CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantNodes(descendIntoTrivia: true)
            .OfType<ConditionalDirectiveTriviaSyntax>().Select(directive => directive.Condition.ToString()).ToArray();

        /// <summary>Value of the property Board.</summary>
        public string Id { get; }

        /// <summary>The folder in boards/.</summary>
        public string Name => (string)_constants["Name"];

        /// <summary>Firmware image by Board.cs.</summary>
        public string Image => (string)_constants["Image"];

        /// <summary>Firmware image by nf.proj.</summary>
        public string ProjectImage { get; }

        /// <summary>Where the application's partition starts, in hex.</summary>
        public string DeployAddress { get; }

        /// <summary>Whether the image has IPv6.</summary>
        public bool HasIPv6 => (bool)_constants["WithIPv6"];

        /// <summary>Ethernet rather than Wi-Fi.</summary>
        public bool IsEthernet => (bool)_constants["OverEthernet"];

        /// <summary>GPIO of the lamp, the status LED or the button.</summary>
        public int Pin(string name)
        {
            return (int)_constants[name];
        }

        /// <summary>Its folder.</summary>
        public string Folder => Path.Combine(Root, Name);

        /// <summary>The folder of all boards.</summary>
        public static string Root { get; } = Path.Combine(Repository.Root, "boards");
    }
}
