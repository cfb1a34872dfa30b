using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// What an assembly takes of the target's tables, which have 16-bit offsets and 8-bit counts. Bytes are an upper
    /// bound: the metadata processor shortens signatures and drops what is not used.
    /// </summary>
    internal sealed class AssemblySizes
    {
        /// <summary>Bytes that one table can hold.</summary>
        public const int TableBytes = 65536;

        private const int CountPerType = 255;
        private const int ExceptionClauseBytes = 12;
        private const int LargestPercent = 90;

        private readonly NanoAssembly _assembly;
        private readonly MetadataReader _metadata;
        private readonly Findings _findings;

        private AssemblySizes(NanoAssembly assembly, Findings findings)
        {
            _assembly = assembly;
            _metadata = assembly.Metadata;
            _findings = findings;
        }

        /// <summary>Bytes of IL and exception clauses.</summary>
        public int Il { get; private set; }

        /// <summary>Bytes of names and literals.</summary>
        public int Strings { get; private set; }

        /// <summary>Bytes of signatures, of attribute arguments and of the data of array initialisers.</summary>
        public int Signatures { get; private set; }

        /// <summary>Measures, and adds each limit of which more than 90 % is used.</summary>
        public static AssemblySizes Check(NanoAssembly assembly, NanoAssembly[] all, Findings findings)
        {
            AssemblySizes sizes = new(assembly, findings);
            sizes.MeasureIl();
            sizes.MeasureStrings();
            sizes.MeasureSignatures();
            sizes.Limit("", "bytes of IL", sizes.Il, TableBytes);
            sizes.Limit("", "bytes of strings", sizes.Strings, TableBytes);
            sizes.Limit("", "bytes of signatures and array data", sizes.Signatures, TableBytes);
            foreach (TypeDefinitionHandle type in assembly.Metadata.TypeDefinitions)
            {
                sizes.CountMembers(type, all);
            }

            return sizes;
        }

        private void MeasureIl()
        {
            foreach (MethodDefinitionHandle method in _metadata.MethodDefinitions)
            {
                MethodBodyBlock body = _assembly.BodyOf(method);
                if (body != null)
                {
                    Il += Instruction.Read(body.GetILBytes()).Sum(instruction => instruction.TargetBytes);
                    Il += body.ExceptionRegions.Length == 0 ? 0 : 1 + body.ExceptionRegions.Length * ExceptionClauseBytes;
                }
            }

            Il = (Il + 3) / 4 * 4;
        }

        private void MeasureStrings()
        {
            HashSet<string> strings = [_assembly.Name];
            foreach (AssemblyReferenceHandle handle in _metadata.AssemblyReferences)
            {
                strings.Add(_metadata.GetString(_metadata.GetAssemblyReference(handle).Name));
            }

            foreach (TypeReferenceHandle handle in _metadata.TypeReferences)
            {
                TypeReference type = _metadata.GetTypeReference(handle);
                strings.Add(_metadata.GetString(type.Namespace));
                strings.Add(_metadata.GetString(type.Name));
            }

            foreach (MemberReferenceHandle handle in _metadata.MemberReferences)
            {
                strings.Add(_metadata.GetString(_metadata.GetMemberReference(handle).Name));
            }

            foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
            {
                TypeDefinition type = _metadata.GetTypeDefinition(handle);
                strings.Add(_metadata.GetString(type.Namespace));
                strings.Add(_metadata.GetString(type.Name));
            }

            foreach (FieldDefinitionHandle handle in _metadata.FieldDefinitions)
            {
                FieldDefinition field = _metadata.GetFieldDefinition(handle);
                if (!IsConstant(field))
                {
                    strings.Add(_metadata.GetString(field.Name));
                }
            }

            foreach (MethodDefinitionHandle handle in _metadata.MethodDefinitions)
            {
                strings.Add(_metadata.GetString(_metadata.GetMethodDefinition(handle).Name));
            }

            for (UserStringHandle handle = MetadataTokens.UserStringHandle(0);
                _metadata.GetHeapSize(HeapIndex.UserString) > 0 && (handle = _metadata.GetNextHandle(handle)) != default;)
            {
                strings.Add(_metadata.GetUserString(handle));
            }

            foreach (string text in strings)
            {
                Strings += Encoding.UTF8.GetByteCount(text) + 1;
            }
        }

        private void MeasureSignatures()
        {
            HashSet<BlobHandle> blobs = [];
            foreach (FieldDefinitionHandle handle in _metadata.FieldDefinitions)
            {
                FieldDefinition field = _metadata.GetFieldDefinition(handle);
                if (!IsConstant(field))
                {
                    blobs.Add(field.Signature);
                }

                if (field.GetRelativeVirtualAddress() != 0)
                {
                    Signatures += DataBytes(field);
                }
            }

            foreach (MethodDefinitionHandle handle in _metadata.MethodDefinitions)
            {
                blobs.Add(_metadata.GetMethodDefinition(handle).Signature);
                MethodBodyBlock body = _assembly.BodyOf(handle);
                if (body != null && !body.LocalSignature.IsNil)
                {
                    blobs.Add(_metadata.GetStandaloneSignature(body.LocalSignature).Signature);
                }
            }

            foreach (MemberReferenceHandle handle in _metadata.MemberReferences)
            {
                blobs.Add(_metadata.GetMemberReference(handle).Signature);
            }

            for (int row = 1; row <= _metadata.GetTableRowCount(TableIndex.TypeSpec); row++)
            {
                blobs.Add(_metadata.GetTypeSpecification(MetadataTokens.TypeSpecificationHandle(row)).Signature);
            }

            foreach (CustomAttributeHandle handle in _metadata.CustomAttributes)
            {
                blobs.Add(_metadata.GetCustomAttribute(handle).Value);
            }

            foreach (BlobHandle blob in blobs)
            {
                Signatures += blob.IsNil ? 0 : _metadata.GetBlobReader(blob).Length;
            }
        }

        /// <summary>Bytes of an array initialiser: the compiler gives its field a type of that size, or a number's.</summary>
        private int DataBytes(FieldDefinition field)
        {
            BlobReader signature = _metadata.GetBlobReader(field.Signature);
            signature.ReadSignatureHeader();
            SignatureTypeCode code = signature.ReadSignatureTypeCode();
            if (code == SignatureTypeCode.TypeHandle)
            {
                return _metadata.GetTypeDefinition((TypeDefinitionHandle)signature.ReadTypeHandle()).GetLayout().Size;
            }

            return code is SignatureTypeCode.Int64 or SignatureTypeCode.UInt64 or SignatureTypeCode.Double ? 8
                : code is SignatureTypeCode.Int32 or SignatureTypeCode.UInt32 or SignatureTypeCode.Single ? 4
                : code is SignatureTypeCode.Int16 or SignatureTypeCode.UInt16 or SignatureTypeCode.Char ? 2
                : 1;
        }

        private void CountMembers(TypeDefinitionHandle handle, NanoAssembly[] all)
        {
            TypeDefinition type = _metadata.GetTypeDefinition(handle);
            string name = SignatureText.NameOf(_metadata, handle);
            if (NanoAssembly.IsCompilerMade(name) && name.Contains("PrivateImplementationDetails"))
            {
                return;
            }

            int virtuals = 0;
            int statics = 0;
            int instances = 0;
            foreach (MethodDefinitionHandle method in type.GetMethods())
            {
                MethodAttributes attributes = _metadata.GetMethodDefinition(method).Attributes;
                if ((attributes & MethodAttributes.Static) != 0)
                {
                    statics++;
                }
                else if ((attributes & MethodAttributes.Virtual) != 0)
                {
                    virtuals++;
                }
                else
                {
                    instances++;
                }
            }

            Limit(name, "virtual methods", virtuals, CountPerType);
            Limit(name, "static methods", statics, CountPerType);
            Limit(name, "instance methods", instances, CountPerType);
            Limit(name, "static fields", Fields(_metadata, type, true), CountPerType);
            Limit(name, "instance fields, inherited ones included", InstanceFields(_assembly, handle, all), CountPerType);
        }

        private static int InstanceFields(NanoAssembly assembly, TypeDefinitionHandle handle, NanoAssembly[] all)
        {
            TypeDefinition type = assembly.Metadata.GetTypeDefinition(handle);
            int count = Fields(assembly.Metadata, type, false);
            if (type.BaseType.IsNil)
            {
                return count;
            }

            if (type.BaseType.Kind == HandleKind.TypeDefinition)
            {
                return count + InstanceFields(assembly, (TypeDefinitionHandle)type.BaseType, all);
            }

            if (type.BaseType.Kind == HandleKind.TypeReference)
            {
                string name = assembly.Signatures.Type(type.BaseType);
                foreach (NanoAssembly other in all)
                {
                    foreach (TypeDefinitionHandle candidate in other.Metadata.TypeDefinitions)
                    {
                        if (other != assembly && SignatureText.NameOf(other.Metadata, candidate) == name)
                        {
                            return count + InstanceFields(other, candidate, all);
                        }
                    }
                }
            }

            return count;
        }

        private static int Fields(MetadataReader metadata, TypeDefinition type, bool isStatic)
        {
            int count = 0;
            foreach (FieldDefinitionHandle handle in type.GetFields())
            {
                FieldDefinition field = metadata.GetFieldDefinition(handle);
                if (!IsConstant(field) && ((field.Attributes & FieldAttributes.Static) != 0) == isStatic)
                {
                    count++;
                }
            }

            return count;
        }

        private static bool IsConstant(FieldDefinition field)
        {
            return (field.Attributes & FieldAttributes.Literal) != 0;
        }

        private void Limit(string member, string what, int used, int limit)
        {
            if (used * 100L > (long)limit * LargestPercent)
            {
                _findings.Add("Size", _assembly, member, used + " " + what + ": more than " + LargestPercent + " % of " + limit);
            }
        }
    }
}
