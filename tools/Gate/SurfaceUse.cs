using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;

namespace Matter.Nano.Tools
{
    /// <summary>Finds what the reference surface declares and nothing compiled against it uses any more.</summary>
    internal sealed class SurfaceUse
    {
        private const string CompilerMark = "System.NeededByCompilerAttribute";

        private readonly HashSet<string> _members = [];
        private readonly HashSet<string> _virtuals = [];
        private readonly HashSet<string> _types = [];

        /// <summary>Collects what the assemblies use.</summary>
        public SurfaceUse(IEnumerable<NanoAssembly> assemblies)
        {
            foreach (NanoAssembly assembly in assemblies)
            {
                MetadataReader metadata = assembly.Metadata;
                foreach (MemberReferenceHandle member in metadata.MemberReferences)
                {
                    _members.Add(assembly.KeyOf(member));
                }

                foreach (TypeReferenceHandle type in metadata.TypeReferences)
                {
                    _types.Add(SignatureText.NameOf(metadata, type));
                }

                foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
                {
                    if (!assembly.IsStaticallyBound(handle))
                    {
                        _virtuals.Add(SlotOf(assembly, handle));
                    }
                }
            }
        }

        /// <summary>Adds each unused public member and type of the surface assemblies.</summary>
        public void Check(IReadOnlyList<NanoAssembly> surface, Findings findings)
        {
            Dictionary<string, (NanoAssembly Home, TypeDefinitionHandle Type)> declared = [];
            foreach (NanoAssembly assembly in surface)
            {
                foreach (TypeDefinitionHandle type in assembly.Metadata.TypeDefinitions)
                {
                    declared[SignatureText.NameOf(assembly.Metadata, type)] = (assembly, type);
                }
            }

            HashSet<string> reachable = [];
            foreach (string type in _types)
            {
                Reach(type, declared, reachable);
            }

            foreach ((string name, (NanoAssembly home, TypeDefinitionHandle handle)) in declared)
            {
                TypeDefinition type = home.Metadata.GetTypeDefinition(handle);
                if (!IsPublic(type))
                {
                    continue;
                }

                if (!reachable.Contains(name) && !IsMarked(home, type.GetCustomAttributes()))
                {
                    findings.Add("SurfaceUnused", home, name, "nothing uses this type any more");
                    continue;
                }

                foreach (MethodDefinitionHandle method in type.GetMethods())
                {
                    if (IsDeadWeight(home, type, method))
                    {
                        findings.Add("SurfaceUnused", home, home.KeyOf(method), "nothing uses this member any more");
                    }
                }
            }
        }

        /// <summary>A type in use keeps its bases and the types in the signatures of its members in use.</summary>
        private void Reach(string name, Dictionary<string, (NanoAssembly Home, TypeDefinitionHandle Type)> declared, HashSet<string> reachable)
        {
            name = name.TrimEnd('[', ']', '&');
            if (!declared.TryGetValue(name, out (NanoAssembly Home, TypeDefinitionHandle Type) found) || !reachable.Add(name))
            {
                return;
            }

            NanoAssembly home = found.Home;
            TypeDefinition type = home.Metadata.GetTypeDefinition(found.Type);
            if (!type.BaseType.IsNil)
            {
                Reach(home.Signatures.Type(type.BaseType), declared, reachable);
            }

            foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
            {
                Reach(home.Signatures.Type(home.Metadata.GetInterfaceImplementation(implementation).Interface), declared, reachable);
            }

            foreach (MethodDefinitionHandle handle in type.GetMethods())
            {
                if (!IsDeadWeight(home, type, handle))
                {
                    MethodSignature<string> signature = home.Metadata.GetMethodDefinition(handle).DecodeSignature(home.Signatures, null);
                    Reach(signature.ReturnType, declared, reachable);
                    foreach (string parameter in signature.ParameterTypes)
                    {
                        Reach(parameter, declared, reachable);
                    }
                }
            }
        }

        private bool IsDeadWeight(NanoAssembly home, TypeDefinition type, MethodDefinitionHandle handle)
        {
            MethodDefinitionHandle other = OtherAccessor(home, type, handle);
            return IsUnused(home, type, handle) && (other.IsNil || IsUnused(home, type, other));
        }

        /// <summary>A property or an event is declared whole: what uses one accessor keeps the other one.</summary>
        private static MethodDefinitionHandle OtherAccessor(NanoAssembly home, TypeDefinition type, MethodDefinitionHandle accessor)
        {
            foreach (PropertyDefinitionHandle handle in type.GetProperties())
            {
                PropertyAccessors pair = home.Metadata.GetPropertyDefinition(handle).GetAccessors();
                if (pair.Getter == accessor || pair.Setter == accessor)
                {
                    return pair.Getter == accessor ? pair.Setter : pair.Getter;
                }
            }

            foreach (EventDefinitionHandle handle in type.GetEvents())
            {
                EventAccessors pair = home.Metadata.GetEventDefinition(handle).GetAccessors();
                if (pair.Adder == accessor || pair.Remover == accessor)
                {
                    return pair.Adder == accessor ? pair.Remover : pair.Adder;
                }
            }

            return default;
        }

        private bool IsUnused(NanoAssembly home, TypeDefinition type, MethodDefinitionHandle handle)
        {
            MethodDefinition method = home.Metadata.GetMethodDefinition(handle);
            MethodAttributes access = method.Attributes & MethodAttributes.MemberAccessMask;
            bool isVisible = access is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
            bool isRuntime = (method.ImplAttributes & MethodImplAttributes.Runtime) != 0;
            bool isDefaultConstructor = home.NameOf(handle).EndsWith("..ctor") && method.GetParameters().Count == 0;
            return isVisible && !isRuntime && !isDefaultConstructor
                && !_members.Contains(home.KeyOf(handle))
                && (home.IsStaticallyBound(handle) || !_virtuals.Contains(SlotOf(home, handle)))
                && !IsMarked(home, method.GetCustomAttributes()) && !IsPartOfMarkedProperty(home, type, handle);
        }

        private static bool IsPartOfMarkedProperty(NanoAssembly home, TypeDefinition type, MethodDefinitionHandle accessor)
        {
            foreach (PropertyDefinitionHandle handle in type.GetProperties())
            {
                PropertyDefinition property = home.Metadata.GetPropertyDefinition(handle);
                PropertyAccessors accessors = property.GetAccessors();
                if ((accessors.Getter == accessor || accessors.Setter == accessor) && IsMarked(home, property.GetCustomAttributes()))
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsMarked(NanoAssembly home, CustomAttributeHandleCollection attributes)
        {
            foreach (CustomAttributeHandle handle in attributes)
            {
                EntityHandle constructor = home.Metadata.GetCustomAttribute(handle).Constructor;
                if (constructor.Kind == HandleKind.MethodDefinition && home.NameOf((MethodDefinitionHandle)constructor) == CompilerMark + "..ctor")
                {
                    return true;
                }
            }

            return false;
        }

        private static bool IsPublic(TypeDefinition type)
        {
            return (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic;
        }

        private static string SlotOf(NanoAssembly assembly, MethodDefinitionHandle handle)
        {
            MethodDefinition method = assembly.Metadata.GetMethodDefinition(handle);
            return assembly.Metadata.GetString(method.Name) + " " + SignatureText.Method(method.DecodeSignature(assembly.Signatures, null));
        }
    }
}
