using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Matter.Nano.Tools
{
    /// <summary>One compiled assembly, open for reading.</summary>
    internal sealed class NanoAssembly : IDisposable
    {
        private readonly PEReader _file;
        private readonly Dictionary<string, MethodDefinitionHandle> _methods = [];

        /// <summary>Reads an assembly; the label is what messages call it.</summary>
        public NanoAssembly(string label, Stream image)
        {
            Label = label;
            _file = new PEReader(image);
            Metadata = _file.GetMetadataReader();
            Signatures = new SignatureText(Metadata);
            Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
            foreach (MethodDefinitionHandle handle in Metadata.MethodDefinitions)
            {
                _methods[KeyOf(handle)] = handle;
            }
        }

        /// <summary>What messages call it.</summary>
        public string Label { get; }

        /// <summary>The assembly's own name.</summary>
        public string Name { get; }

        /// <summary>Its metadata.</summary>
        public MetadataReader Metadata { get; }

        /// <summary>Decodes its signatures.</summary>
        public SignatureText Signatures { get; }

        /// <summary>Whether this is a type of the language's, not of the sources: its name can't be written in C#.</summary>
        public static bool IsCompilerMade(string typeName)
        {
            return typeName.Contains('<');
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _file.Dispose();
        }

        /// <summary>The body of a method, or null if it has none.</summary>
        public MethodBodyBlock BodyOf(MethodDefinitionHandle handle)
        {
            int address = Metadata.GetMethodDefinition(handle).RelativeVirtualAddress;
            return address == 0 ? null : _file.GetMethodBody(address);
        }

        /// <summary>The initial bytes of a field, by its address in the image.</summary>
        public PEMemoryBlock DataAt(int address)
        {
            return _file.GetSectionData(address);
        }

        /// <summary>Type and name of a method.</summary>
        public string NameOf(MethodDefinitionHandle handle)
        {
            MethodDefinition method = Metadata.GetMethodDefinition(handle);
            return SignatureText.NameOf(Metadata, method.GetDeclaringType()) + "." + Metadata.GetString(method.Name);
        }

        /// <summary>Type and name of a field.</summary>
        public string NameOf(FieldDefinitionHandle handle)
        {
            FieldDefinition field = Metadata.GetFieldDefinition(handle);
            return SignatureText.NameOf(Metadata, field.GetDeclaringType()) + "." + Metadata.GetString(field.Name);
        }

        /// <summary>Text that names a method uniquely and equally in every assembly.</summary>
        public string KeyOf(MethodDefinitionHandle handle)
        {
            return NameOf(handle) + " " + SignatureText.Method(Metadata.GetMethodDefinition(handle).DecodeSignature(Signatures, null));
        }

        /// <summary>Same for a reference to a method or field.</summary>
        public string KeyOf(MemberReferenceHandle handle)
        {
            MemberReference member = Metadata.GetMemberReference(handle);
            string type = member.Parent.Kind switch
            {
                HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification => Signatures.Type(member.Parent),
                _ => "",
            };
            string key = type + "." + Metadata.GetString(member.Name) + " ";
            return member.GetKind() == MemberReferenceKind.Method
                ? key + SignatureText.Method(member.DecodeMethodSignature(Signatures, null))
                : key + member.DecodeFieldSignature(Signatures, null);
        }

        /// <summary>The name of the assembly that a reference's type comes from; null if it names no other assembly.</summary>
        public string OriginOf(MemberReferenceHandle handle)
        {
            EntityHandle parent = Metadata.GetMemberReference(handle).Parent;
            while (parent.Kind == HandleKind.TypeReference)
            {
                parent = Metadata.GetTypeReference((TypeReferenceHandle)parent).ResolutionScope;
            }

            return parent.Kind == HandleKind.AssemblyReference
                ? Metadata.GetString(Metadata.GetAssemblyReference((AssemblyReferenceHandle)parent).Name)
                : null;
        }

        /// <summary>Looks a method up by its key.</summary>
        public bool TryFind(string key, out MethodDefinitionHandle method)
        {
            return _methods.TryGetValue(key, out method);
        }

        /// <summary>Whether calls of the method go where the metadata says.</summary>
        public bool IsStaticallyBound(MethodDefinitionHandle handle)
        {
            MethodAttributes attributes = Metadata.GetMethodDefinition(handle).Attributes;
            return (attributes & MethodAttributes.Virtual) == 0;
        }
    }
}
