using System;
using System.Collections.Generic;
using System.IO;
using Matter.Nano.Tools;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Compiles small sources and shows them to the gate.</summary>
    internal static class GateFixture
    {
        private static readonly MetadataReference s_runtime = MetadataReference.CreateFromFile(typeof(object).Assembly.Location);

        /// <summary>Compiles one assembly, against the runtime and the images given.</summary>
        public static byte[] Compile(string name, string source, params byte[][] references)
        {
            List<MetadataReference> all = new List<MetadataReference> { s_runtime };
            foreach (byte[] reference in references)
            {
                all.Add(MetadataReference.CreateFromImage(reference));
            }

            CSharpCompilation compilation = CSharpCompilation.Create(
                name,
                new[] { CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp9)) },
                all,
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release));
            MemoryStream image = new MemoryStream();
            Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
            if (!result.Success)
            {
                throw new ArgumentException(string.Join("\n", result.Diagnostics));
            }

            return image.ToArray();
        }

        /// <summary>What the gate says of the assemblies together.</summary>
        public static List<string> Inspect(params byte[][] images)
        {
            Findings findings = new Findings();
            Program.Inspect(Open(images), findings);
            return findings.Lines;
        }

        /// <summary>What the gate says of a surface that the assembly was compiled against.</summary>
        public static List<string> InspectSurface(byte[] surface, byte[] user)
        {
            Findings findings = new Findings();
            new SurfaceUse(Open(new[] { user })).Check(Open(new[] { surface }), findings);
            return findings.Lines;
        }

        private static NanoAssembly[] Open(byte[][] images)
        {
            NanoAssembly[] assemblies = new NanoAssembly[images.Length];
            for (int i = 0; i < images.Length; i++)
            {
                assemblies[i] = new NanoAssembly("Assembly" + i, new MemoryStream(images[i]));
            }

            return assemblies;
        }
    }
}
