using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Matter.Nano.Tools.Runner
{
    /// <summary>What the launcher of nanoFramework.TestFramework will run of an assembly.</summary>
    internal static class TestAssembly
    {
        private const string RowAttribute = "DataRowAttribute";
        private static readonly string[] RunAttributes = ["SetupAttribute", "TestMethodAttribute", "CleanupAttribute"];

        /// <summary>Methods by their full name, and how often each runs.</summary>
        public static Dictionary<string, int> Read(string path)
        {
            using PEReader file = new(File.OpenRead(path));
            return Read(file.GetMetadataReader());
        }

        /// <summary>Same, of an assembly that is open.</summary>
        public static Dictionary<string, int> Read(MetadataReader metadata)
        {
            Dictionary<string, int> runs = [];
            foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            {
                if (!AttributesOf(metadata, type.GetCustomAttributes()).Contains("TestClassAttribute"))
                {
                    continue;
                }

                string name = metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name) + ".";
                foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition))
                {
                    List<string> attributes = AttributesOf(metadata, method.GetCustomAttributes());
                    int rows = attributes.Count(attribute => attribute == RowAttribute);
                    int count = rows > 0 ? rows : attributes.Count(RunAttributes.Contains);
                    if (count > 0)
                    {
                        string key = name + metadata.GetString(method.Name);
                        runs[key] = runs.GetValueOrDefault(key) + count;
                    }
                }
            }

            return runs;
        }

        private static List<string> AttributesOf(MetadataReader metadata, CustomAttributeHandleCollection handles)
        {
            List<string> names = [];
            foreach (CustomAttribute attribute in handles.Select(metadata.GetCustomAttribute))
            {
                if (attribute.Constructor.Kind == HandleKind.MemberReference
                    && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent)
                {
                    names.Add(metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name));
                }
            }

            return names;
        }
    }
}
