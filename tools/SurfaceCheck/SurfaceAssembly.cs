using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Matter.Nano.Tools
{
    /// <summary>Spells the public declarations of a surface assembly as the API lists do.</summary>
    internal sealed class SurfaceAssembly
    {
        private readonly MetadataReader _metadata;
        private readonly ShortNames _names;

        /// <summary>Reads an assembly.</summary>
        public SurfaceAssembly(string path)
        {
            _metadata = new PEReader(new MemoryStream(File.ReadAllBytes(path))).GetMetadataReader();
            _names = new ShortNames(_metadata);
        }

        /// <summary>Name of the assembly.</summary>
        public string Name => _metadata.GetString(_metadata.GetAssemblyDefinition().Name);

        /// <summary>Version of the assembly, four numbers.</summary>
        public string Version => _metadata.GetAssemblyDefinition().Version.ToString();

        /// <summary>All that the list lacks.</summary>
        public IEnumerable<string> Check(ApiList list)
        {
            if (Version != list.Version)
            {
                yield return "version " + Version + " should be " + list.Version;
            }

            foreach (TypeDefinitionHandle handle in _metadata.TypeDefinitions)
            {
                TypeDefinition type = _metadata.GetTypeDefinition(handle);
                if ((type.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic))
                {
                    continue;
                }

                string declaration = Declaration(handle, type);
                if (!list.HasType(declaration))
                {
                    yield return "no such type: " + declaration;
                    continue;
                }

                foreach (string name in Bases(type).Where(name => !list.HasBase(declaration, name)))
                {
                    yield return declaration + " has no base " + name;
                }

                foreach (string member in Members(handle, type).Where(member => !list.HasMember(declaration, member)))
                {
                    yield return declaration + " has no member " + member;
                }
            }
        }

        private string Declaration(TypeDefinitionHandle handle, TypeDefinition type)
        {
            TypeDefinition outermost = type;
            while (outermost.IsNested)
            {
                outermost = _metadata.GetTypeDefinition(outermost.GetDeclaringType());
            }

            string space = _metadata.GetString(outermost.Namespace) + ": public ";
            string name = _names.NameOf(handle);
            switch (BaseOf(type))
            {
                case "Enum":
                    return space + "enum " + name;
                case "ValueType" when name != "Enum":
                    return space + "struct " + name;
                case "MulticastDelegate":
                    MethodDefinition invoke = type.GetMethods().Select(_metadata.GetMethodDefinition).First(m => _metadata.GetString(m.Name) == "Invoke");
                    MethodSignature<string> signature = invoke.DecodeSignature(_names, null);
                    return space + "delegate " + signature.ReturnType + " " + name + "(" + Parameters(invoke, signature) + ");";
            }

            bool isAbstract = (type.Attributes & TypeAttributes.Abstract) != 0;
            bool isSealed = (type.Attributes & TypeAttributes.Sealed) != 0;
            return (type.Attributes & TypeAttributes.Interface) != 0 ? space + "interface " + name
                : space + (isAbstract && isSealed ? "static " : isAbstract ? "abstract " : isSealed ? "sealed " : "") + "class " + name;
        }

        private string BaseOf(TypeDefinition type)
        {
            return type.BaseType.IsNil ? "" : _names.NameOf(type.BaseType);
        }

        private IEnumerable<string> Bases(TypeDefinition type)
        {
            string name = BaseOf(type);
            if (name == "Enum")
            {
                FieldDefinition value = _metadata.GetFieldDefinition(type.GetFields().First());
                yield return value.DecodeSignature(_names, null);
            }
            else if (name is not ("" or "Object" or "ValueType" or "MulticastDelegate"))
            {
                yield return name;
            }

            foreach (InterfaceImplementationHandle handle in type.GetInterfaceImplementations())
            {
                yield return _names.NameOf(_metadata.GetInterfaceImplementation(handle).Interface);
            }
        }

        private IEnumerable<string> Members(TypeDefinitionHandle handle, TypeDefinition type)
        {
            string kind = BaseOf(type);
            if (kind == "MulticastDelegate")
            {
                yield break;
            }

            foreach (FieldDefinition field in type.GetFields().Select(_metadata.GetFieldDefinition))
            {
                bool isVisible = (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family;
                if (isVisible && (field.Attributes & FieldAttributes.SpecialName) == 0)
                {
                    yield return Field(field, kind == "Enum");
                }
            }

            HashSet<MethodDefinitionHandle> accessors = [];
            foreach (PropertyDefinition property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
            {
                PropertyAccessors pair = property.GetAccessors();
                accessors.Add(pair.Getter);
                accessors.Add(pair.Setter);
                MethodDefinition accessor = _metadata.GetMethodDefinition(pair.Getter.IsNil ? pair.Setter : pair.Getter);
                if (IsVisible(accessor))
                {
                    MethodSignature<string> signature = property.DecodeSignature(_names, null);
                    string name = signature.ParameterTypes.Length == 0 ? _metadata.GetString(property.Name) : "this[" + Parameters(accessor, signature) + "]";
                    yield return Modifiers(accessor, type) + signature.ReturnType + " " + name
                        + (pair.Getter.IsNil ? " {" : " { get;") + (pair.Setter.IsNil ? " }" : " set; }");
                }
            }

            foreach (EventDefinition definition in type.GetEvents().Select(_metadata.GetEventDefinition))
            {
                EventAccessors pair = definition.GetAccessors();
                accessors.Add(pair.Adder);
                accessors.Add(pair.Remover);
                MethodDefinition adder = _metadata.GetMethodDefinition(pair.Adder);
                if (IsVisible(adder))
                {
                    yield return Modifiers(adder, type) + "event " + _names.NameOf(definition.Type) + " " + _metadata.GetString(definition.Name) + ";";
                }
            }

            foreach (MethodDefinitionHandle method in type.GetMethods().Where(method => !accessors.Contains(method)))
            {
                MethodDefinition definition = _metadata.GetMethodDefinition(method);
                if (IsVisible(definition))
                {
                    yield return Method(handle, type, definition);
                }
            }
        }

        private string Field(FieldDefinition field, bool isEnum)
        {
            string name = _metadata.GetString(field.Name);
            if (isEnum)
            {
                return name + " = " + Constant(field.GetDefaultValue()) + ",";
            }

            string text = ((field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public ? "public " : "protected ")
                + ((field.Attributes & FieldAttributes.Literal) != 0 ? "const " : (field.Attributes & FieldAttributes.Static) != 0 ? "static " : "")
                + ((field.Attributes & FieldAttributes.InitOnly) != 0 ? "readonly " : "")
                + field.DecodeSignature(_names, null) + " " + name;
            return (field.Attributes & FieldAttributes.Literal) != 0 ? text + " = " + Constant(field.GetDefaultValue()) + ";" : text + ";";
        }

        private string Method(TypeDefinitionHandle handle, TypeDefinition type, MethodDefinition method)
        {
            MethodSignature<string> signature = method.DecodeSignature(_names, null);
            string name = _metadata.GetString(method.Name);
            string start = name == ".ctor" ? _names.NameOf(handle).Split('.').Last() : signature.ReturnType + " " + name;
            return Modifiers(method, type) + start + "(" + Parameters(method, signature) + ");";
        }

        private static bool IsVisible(MethodDefinition method)
        {
            return (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family;
        }

        private static string Modifiers(MethodDefinition method, TypeDefinition type)
        {
            if ((type.Attributes & TypeAttributes.Interface) != 0)
            {
                return "";
            }

            MethodAttributes attributes = method.Attributes;
            string text = (attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public ? "public " : "protected ";
            if ((attributes & MethodAttributes.Static) != 0)
            {
                return text + "static ";
            }

            bool isNew = (attributes & MethodAttributes.NewSlot) != 0;
            return (attributes & MethodAttributes.Virtual) == 0 ? text
                : !isNew ? text + "override "
                : (attributes & MethodAttributes.Abstract) != 0 ? text + "abstract "
                : (attributes & MethodAttributes.Final) != 0 ? text
                : text + "virtual ";
        }

        private string Parameters(MethodDefinition method, MethodSignature<string> signature)
        {
            List<string> texts = [];
            foreach (Parameter parameter in method.GetParameters().Select(_metadata.GetParameter))
            {
                if (parameter.SequenceNumber == 0 || parameter.SequenceNumber > signature.ParameterTypes.Length)
                {
                    continue;
                }

                string type = signature.ParameterTypes[parameter.SequenceNumber - 1];
                type = (parameter.Attributes & ParameterAttributes.Out) != 0 ? type.Replace("ref ", "out ") : type;
                bool isParams = parameter.GetCustomAttributes().Count > 0 && type.EndsWith("[]");
                string text = (isParams ? "params " : "") + type + " " + _metadata.GetString(parameter.Name);
                texts.Add(parameter.GetDefaultValue().IsNil ? text : text + " = " + Constant(parameter.GetDefaultValue()));
            }

            return string.Join(", ", texts);
        }

        private string Constant(ConstantHandle handle)
        {
            Constant constant = _metadata.GetConstant(handle);
            object value = _metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
            return value switch
            {
                null => "null",
                string text => "\"" + text + "\"",
                char c => "'\\u" + ((int)c).ToString("x4") + "'",
                bool b => b ? "true" : "false",
                _ => System.Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        }
    }
}
