using System;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Matter.Nano.Tools
{
    /// <summary>
    /// What the C# compiler takes and stable nanoFramework 1.x breaks on, mostly without a word: each type, field and
    /// method of an assembly is looked at by itself.
    /// </summary>
    internal sealed class LanguageRules
    {
        private const int MostSlots = 250;
        private const int MostSwitchTargets = 255;
        private const int LongestBranch = 32767;
        private static readonly OpCode[] UnsafeCodes = [OpCodes.Localloc, OpCodes.Cpblk, OpCodes.Initblk, OpCodes.Calli, OpCodes.Jmp, OpCodes.Mkrefany, OpCodes.Arglist];

        private readonly NanoAssembly _assembly;
        private readonly MetadataReader _metadata;
        private readonly Findings _findings;

        private LanguageRules(NanoAssembly assembly, Findings findings)
        {
            _assembly = assembly;
            _metadata = assembly.Metadata;
            _findings = findings;
        }

        /// <summary>Adds all that is wrong with the assembly.</summary>
        public static void Check(NanoAssembly assembly, Findings findings)
        {
            LanguageRules rules = new(assembly, findings);
            foreach (TypeDefinitionHandle handle in assembly.Metadata.TypeDefinitions)
            {
                rules.CheckType(handle);
            }
        }

        private void CheckType(TypeDefinitionHandle handle)
        {
            TypeDefinition type = _metadata.GetTypeDefinition(handle);
            string name = SignatureText.NameOf(_metadata, handle);
            if (type.GetGenericParameters().Count > 0)
            {
                _findings.Add("Generics", _assembly, name, "generic type");
            }

            CheckTypeUse(name, type.BaseType);
            foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
            {
                CheckTypeUse(name, _metadata.GetInterfaceImplementation(implementation).Interface);
            }

            foreach (FieldDefinitionHandle field in type.GetFields())
            {
                _assembly.Signatures.Offence = null;
                _metadata.GetFieldDefinition(field).DecodeSignature(_assembly.Signatures, null);
                TellOffence(_assembly.NameOf(field));
            }

            bool isInterface = (type.Attributes & TypeAttributes.Interface) != 0;
            foreach (MethodDefinitionHandle method in type.GetMethods())
            {
                if (isInterface && (_metadata.GetMethodDefinition(method).Attributes & (MethodAttributes.Abstract | MethodAttributes.Static)) == 0)
                {
                    _findings.Add("DefaultInterfaceMethod", _assembly, _assembly.NameOf(method), "interface method with a body");
                }

                CheckMethod(method);
            }
        }

        private void CheckMethod(MethodDefinitionHandle handle)
        {
            MethodDefinition method = _metadata.GetMethodDefinition(handle);
            string name = _assembly.NameOf(handle);
            if (method.GetGenericParameters().Count > 0)
            {
                _findings.Add("Generics", _assembly, name, "generic method");
            }

            _assembly.Signatures.Offence = null;
            MethodSignature<string> signature = method.DecodeSignature(_assembly.Signatures, null);
            TellOffence(name);
            CheckCount(name, "arguments", signature.ParameterTypes.Length + (signature.Header.IsInstance ? 1 : 0));

            MethodBodyBlock body = _assembly.BodyOf(handle);
            if (body == null)
            {
                return;
            }

            CheckCount(name, "stack slots", body.MaxStack);
            if (!body.LocalSignature.IsNil)
            {
                _assembly.Signatures.Offence = null;
                int locals = _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_assembly.Signatures, null).Length;
                TellOffence(name);
                CheckCount(name, "locals", locals);
            }

            foreach (Instruction instruction in Instruction.Read(body.GetILBytes()))
            {
                CheckInstruction(name, instruction);
            }
        }

        private void CheckInstruction(string method, Instruction instruction)
        {
            OpCode code = instruction.Code;
            if (code.Name.Contains(".ovf"))
            {
                _findings.Add("Overflow", _assembly, method, code.Name + ": never throws on the target; from 'checked' or a 64-bit index");
            }

            if (code == OpCodes.Volatile)
            {
                _findings.Add("Volatile", _assembly, method, "volatile access");
            }

            if (UnsafeCodes.Contains(code))
            {
                _findings.Add("Unsafe", _assembly, method, code.Name);
            }

            if (code == OpCodes.Switch && instruction.Distances.Length > MostSwitchTargets)
            {
                _findings.Add("Switch", _assembly, method, "switch over " + instruction.Distances.Length + " targets, " + MostSwitchTargets + " at most");
            }

            foreach (int distance in instruction.Distances)
            {
                if (Math.Abs((long)distance) > LongestBranch)
                {
                    _findings.Add("Branch", _assembly, method, code.Name + " over more than " + LongestBranch + " bytes");
                }
            }

            CheckToken(method, instruction.Token);
        }

        private void CheckToken(string method, EntityHandle token)
        {
            switch (token.Kind)
            {
                case HandleKind.TypeDefinition:
                case HandleKind.TypeReference:
                case HandleKind.TypeSpecification:
                    CheckTypeUse(method, token);
                    break;
                case HandleKind.MethodSpecification:
                    _findings.Add("Generics", _assembly, method, "call of a generic method");
                    break;
                case HandleKind.MemberReference:
                    _assembly.Signatures.Offence = null;
                    _assembly.KeyOf((MemberReferenceHandle)token);
                    TellOffence(method);
                    break;
            }
        }

        private void CheckTypeUse(string member, EntityHandle type)
        {
            if (!type.IsNil)
            {
                _assembly.Signatures.Offence = null;
                _assembly.Signatures.Type(type);
                TellOffence(member);
            }
        }

        private void CheckCount(string method, string what, int count)
        {
            if (count > MostSlots)
            {
                _findings.Add("Slots", _assembly, method, count + " " + what + ", " + MostSlots + " at most");
            }
        }

        private void TellOffence(string member)
        {
            string offence = _assembly.Signatures.Offence;
            if (offence != null)
            {
                string rule = offence.StartsWith("generic") ? "Generics"
                    : offence.StartsWith("multi") ? "MultiDimensionalArray"
                    : offence.StartsWith("volatile") ? "Volatile"
                    : "Unsafe";
                _findings.Add(rule, _assembly, member, offence);
            }
        }
    }
}
