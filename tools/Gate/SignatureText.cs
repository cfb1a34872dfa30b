using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// Decodes signatures into text that is equal for equal types whatever assembly it was read from, and notes on the
    /// way what the target cannot load.
    /// </summary>
    internal sealed class SignatureText : ISignatureTypeProvider<string, object>
    {
        private readonly MetadataReader _metadata;

        /// <summary>Decodes signatures of this assembly.</summary>
        public SignatureText(MetadataReader metadata)
        {
            _metadata = metadata;
        }

        /// <summary>The last thing met that the target cannot load, or null; the reader of it sets it back to null.</summary>
        public string Offence { get; set; }

        /// <summary>Full name of a type definition, nested ones behind a '+'.</summary>
        public static string NameOf(MetadataReader metadata, TypeDefinitionHandle handle)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string name = metadata.GetString(type.Name);
            if (type.IsNested)
            {
                return NameOf(metadata, type.GetDeclaringType()) + "+" + name;
            }

            return type.Namespace.IsNil ? name : metadata.GetString(type.Namespace) + "." + name;
        }

        /// <summary>Full name of a type reference, nested ones behind a '+'.</summary>
        public static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            string name = metadata.GetString(type.Name);
            if (type.ResolutionScope.Kind == HandleKind.TypeReference)
            {
                return NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope) + "+" + name;
            }

            return type.Namespace.IsNil ? name : metadata.GetString(type.Namespace) + "." + name;
        }

        /// <summary>A definition, reference or specification of a type.</summary>
        public string Type(EntityHandle handle)
        {
            return handle.Kind switch
            {
                HandleKind.TypeDefinition => NameOf(_metadata, (TypeDefinitionHandle)handle),
                HandleKind.TypeReference => NameOf(_metadata, (TypeReferenceHandle)handle),
                _ => _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
            };
        }

        /// <summary>Return type and parameters of a method.</summary>
        public static string Method(MethodSignature<string> signature)
        {
            return signature.ReturnType + "(" + string.Join(",", signature.ParameterTypes) + ")";
        }

        /// <inheritdoc/>
        public string GetPrimitiveType(PrimitiveTypeCode typeCode)
        {
            return "System." + typeCode;
        }

        /// <inheritdoc/>
        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            return NameOf(reader, handle);
        }

        /// <inheritdoc/>
        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            return NameOf(reader, handle);
        }

        /// <inheritdoc/>
        public string GetTypeFromSpecification(MetadataReader reader, object context, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            return Type(handle);
        }

        /// <inheritdoc/>
        public string GetSZArrayType(string elementType)
        {
            return elementType + "[]";
        }

        /// <inheritdoc/>
        public string GetByReferenceType(string elementType)
        {
            return elementType + "&";
        }

        /// <inheritdoc/>
        public string GetArrayType(string elementType, ArrayShape shape)
        {
            return Offend(elementType + "[" + new string(',', shape.Rank - 1) + "]", "multi-dimensional array");
        }

        /// <inheritdoc/>
        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments)
        {
            return Offend(genericType + "<" + string.Join(",", typeArguments) + ">", "generic type");
        }

        /// <inheritdoc/>
        public string GetGenericTypeParameter(object context, int index)
        {
            return Offend("!" + index, "generic type parameter");
        }

        /// <inheritdoc/>
        public string GetGenericMethodParameter(object context, int index)
        {
            return Offend("!!" + index, "generic method parameter");
        }

        /// <inheritdoc/>
        public string GetPointerType(string elementType)
        {
            return Offend(elementType + "*", "pointer");
        }

        /// <inheritdoc/>
        public string GetPinnedType(string elementType)
        {
            return Offend(elementType + " pinned", "pinned local");
        }

        /// <inheritdoc/>
        public string GetFunctionPointerType(MethodSignature<string> signature)
        {
            return Offend("method " + Method(signature), "function pointer");
        }

        /// <inheritdoc/>
        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired)
        {
            if (modifier == "System.Runtime.CompilerServices.IsVolatile")
            {
                return Offend("volatile " + unmodifiedType, "volatile field");
            }

            return unmodifiedType;
        }

        private string Offend(string text, string what)
        {
            Offence = what + " " + text;
            return text;
        }
    }
}
