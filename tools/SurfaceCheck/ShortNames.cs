using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Matter.Nano.Tools
{
    /// <summary>Decodes signatures into the names that the API lists use: C# keywords, and types without namespace.</summary>
    internal sealed class ShortNames(MetadataReader metadata) : ISignatureTypeProvider<string, object>
    {
        private static readonly Dictionary<PrimitiveTypeCode, string> Keywords = new()
        {
            [PrimitiveTypeCode.Boolean] = "bool",
            [PrimitiveTypeCode.Byte] = "byte",
            [PrimitiveTypeCode.Char] = "char",
            [PrimitiveTypeCode.Double] = "double",
            [PrimitiveTypeCode.Int16] = "short",
            [PrimitiveTypeCode.Int32] = "int",
            [PrimitiveTypeCode.Int64] = "long",
            [PrimitiveTypeCode.Object] = "object",
            [PrimitiveTypeCode.SByte] = "sbyte",
            [PrimitiveTypeCode.Single] = "float",
            [PrimitiveTypeCode.String] = "string",
            [PrimitiveTypeCode.UInt16] = "ushort",
            [PrimitiveTypeCode.UInt32] = "uint",
            [PrimitiveTypeCode.UInt64] = "ulong",
            [PrimitiveTypeCode.Void] = "void",
        };

        /// <summary>Name of a type definition, a nested one behind its outer type and a dot.</summary>
        public string NameOf(TypeDefinitionHandle handle)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string name = metadata.GetString(type.Name);
            return type.IsNested ? NameOf(type.GetDeclaringType()) + "." + name : name;
        }

        /// <summary>Name of a type definition or reference.</summary>
        public string NameOf(EntityHandle handle)
        {
            return handle.Kind == HandleKind.TypeDefinition
                ? NameOf((TypeDefinitionHandle)handle)
                : GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0);
        }

        /// <inheritdoc/>
        public string GetPrimitiveType(PrimitiveTypeCode typeCode)
        {
            return Keywords.GetValueOrDefault(typeCode, typeCode.ToString());
        }

        /// <inheritdoc/>
        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            return NameOf(handle);
        }

        /// <inheritdoc/>
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            TypeReference type = reader.GetTypeReference(handle);
            string name = reader.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "." + name
                : name;
        }

        /// <inheritdoc/>
        public string GetSZArrayType(string elementType)
        {
            return elementType + "[]";
        }

        /// <inheritdoc/>
        public string GetByReferenceType(string elementType)
        {
            return "ref " + elementType;
        }

        /// <inheritdoc/>
        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired)
        {
            return unmodifiedType;
        }

        /// <inheritdoc/>
        public string GetArrayType(string elementType, ArrayShape shape)
        {
            throw new NotSupportedException("multi-dimensional array");
        }

        /// <inheritdoc/>
        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
        {
            throw new NotSupportedException("generic type");
        }

        /// <inheritdoc/>
        public string GetGenericTypeParameter(object context, int index)
        {
            throw new NotSupportedException("generic type");
        }

        /// <inheritdoc/>
        public string GetGenericMethodParameter(object context, int index)
        {
            throw new NotSupportedException("generic method");
        }

        /// <inheritdoc/>
        public string GetPointerType(string elementType)
        {
            throw new NotSupportedException("pointer");
        }

        /// <inheritdoc/>
        public string GetPinnedType(string elementType)
        {
            throw new NotSupportedException("pinned local");
        }

        /// <inheritdoc/>
        public string GetFunctionPointerType(MethodSignature<string> signature)
        {
            throw new NotSupportedException("function pointer");
        }

        /// <inheritdoc/>
        public string GetTypeFromSpecification(MetadataReader reader, object context, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            throw new NotSupportedException("type specification");
        }
    }
}
