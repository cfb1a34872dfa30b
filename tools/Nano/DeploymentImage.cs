using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Matter.Nano.Tools.Runner
{
    /// <summary>The image that nanoff deploys: .pe files one after the other, each from a multiple of 4 bytes on.</summary>
    internal static class DeploymentImage
    {
        private const int Alignment = 4;

        /// <summary>Puts the files together.</summary>
        public static byte[] Concatenate(IEnumerable<byte[]> files)
        {
            MemoryStream image = new();
            foreach (byte[] file in files)
            {
                image.Write(file);
                while (image.Length % Alignment != 0)
                {
                    image.WriteByte(0);
                }
            }

            return image.ToArray();
        }

        /// <summary>
        /// What the files need and isn't among them, in words: a board would say it on its debugger port only. Looks into the
        /// assemblies that lie beside the .pe files.
        /// </summary>
        public static List<string> FindMissing(string[] files)
        {
            HashSet<string> present = [.. files.Select(Path.GetFileNameWithoutExtension)];
            List<string> missing = [.. files.Where(file => !File.Exists(file)).Select(file => file + " is not there")];
            foreach (string assembly in files.SelectMany(file => new[] { Path.ChangeExtension(file, "dll"), Path.ChangeExtension(file, "exe") }).Where(File.Exists))
            {
                missing.AddRange(ReferencesOf(assembly)
                    .Where(name => !present.Contains(name))
                    .Select(name => Path.GetFileName(assembly) + " needs " + name));
            }

            return missing;
        }

        private static List<string> ReferencesOf(string path)
        {
            using PEReader file = new(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        }
    }
}
