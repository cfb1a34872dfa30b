using System.Collections.Generic;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// The target runs all static initialisers at start, in the order of the metadata: one that reads a static field of
    /// another class may see null. Followed through calls whose target is certain; virtual and delegate calls are not.
    /// </summary>
    internal sealed class StaticOrderRule
    {
        private readonly Dictionary<string, NanoAssembly> _ours = [];
        private readonly Findings _findings;

        /// <summary>Assemblies of one name (test assemblies) are not looked up by it; nothing refers to them.</summary>
        public StaticOrderRule(IEnumerable<NanoAssembly> assemblies, Findings findings)
        {
            _findings = findings;
            foreach (NanoAssembly assembly in assemblies)
            {
                _ours[assembly.Name] = assembly;
            }
        }

        /// <summary>Adds each static initialiser of the assembly that reads another class's static field.</summary>
        public void Check(NanoAssembly assembly)
        {
            foreach (MethodDefinitionHandle handle in assembly.Metadata.MethodDefinitions)
            {
                MethodDefinition method = assembly.Metadata.GetMethodDefinition(handle);
                string type = SignatureText.NameOf(assembly.Metadata, method.GetDeclaringType());
                if (assembly.Metadata.GetString(method.Name) == ".cctor" && !NanoAssembly.IsCompilerMade(type))
                {
                    Follow(assembly, type, assembly, handle, []);
                }
            }
        }

        private void Follow(NanoAssembly origin, string initialised, NanoAssembly assembly, MethodDefinitionHandle handle, HashSet<string> seen)
        {
            MethodBodyBlock body = assembly.BodyOf(handle);
            if (body == null || !seen.Add(assembly.KeyOf(handle)))
            {
                return;
            }

            foreach (Instruction instruction in Instruction.Read(body.GetILBytes()))
            {
                OpCode code = instruction.Code;
                if (code == OpCodes.Ldsfld || code == OpCodes.Ldsflda)
                {
                    CheckRead(origin, initialised, assembly, handle, instruction.Token);
                }
                else if ((code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj)
                    && TryResolve(assembly, instruction.Token, out NanoAssembly home, out MethodDefinitionHandle target)
                    && (code != OpCodes.Callvirt || home.IsStaticallyBound(target)))
                {
                    Follow(origin, initialised, home, target, seen);
                }
            }
        }

        private void CheckRead(NanoAssembly origin, string initialised, NanoAssembly assembly, MethodDefinitionHandle reader, EntityHandle token)
        {
            string field;
            string type;
            if (token.Kind == HandleKind.FieldDefinition)
            {
                field = assembly.NameOf((FieldDefinitionHandle)token);
                type = SignatureText.NameOf(assembly.Metadata, assembly.Metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType());
            }
            else
            {
                string home = assembly.OriginOf((MemberReferenceHandle)token);
                if (home == null || !_ours.ContainsKey(home))
                {
                    return;
                }

                MemberReference reference = assembly.Metadata.GetMemberReference((MemberReferenceHandle)token);
                type = assembly.Signatures.Type(reference.Parent);
                field = type + "." + assembly.Metadata.GetString(reference.Name);
            }

            if (type != initialised && !NanoAssembly.IsCompilerMade(type))
            {
                string via = assembly.NameOf(reader);
                string path = via == initialised + "..cctor" ? "" : " in " + via;
                _findings.Add("StaticOrder", origin, initialised, "static initialiser reads " + field + path);
            }
        }

        private bool TryResolve(NanoAssembly assembly, EntityHandle token, out NanoAssembly home, out MethodDefinitionHandle method)
        {
            home = assembly;
            method = default;
            if (token.Kind == HandleKind.MethodDefinition)
            {
                method = (MethodDefinitionHandle)token;
                return true;
            }

            if (token.Kind != HandleKind.MemberReference)
            {
                return false;
            }

            string origin = assembly.OriginOf((MemberReferenceHandle)token);
            return origin != null && _ours.TryGetValue(origin, out home) && home.TryFind(assembly.KeyOf((MemberReferenceHandle)token), out method);
        }
    }
}
