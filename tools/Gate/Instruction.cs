using System;
using System.Collections.Generic;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Matter.Nano.Tools
{
    /// <summary>One decoded IL instruction.</summary>
    internal readonly struct Instruction
    {
        private static readonly OpCode[] OneByte = new OpCode[256];
        private static readonly OpCode[] TwoBytes = new OpCode[256];

        static Instruction()
        {
            foreach (FieldInfo field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                OpCode code = (OpCode)field.GetValue(null);
                (code.Size == 1 ? OneByte : TwoBytes)[code.Value & 0xff] = code;
            }
        }

        private Instruction(int bytes, OpCode code, EntityHandle token, int[] distances)
        {
            TargetBytes = code.OperandType switch
            {
                OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType => bytes - 2,
                OperandType.InlineString or OperandType.InlineBrTarget => bytes - 2,
                OperandType.InlineSwitch => bytes - 3 - 2 * distances.Length,
                _ => bytes,
            };
            Code = code;
            Token = token;
            Distances = distances;
        }

        /// <summary>Bytes that it takes on the target: references and branches have 16 bits there, the length of a switch 8.</summary>
        public int TargetBytes { get; }

        /// <summary>The operation.</summary>
        public OpCode Code { get; }

        /// <summary>What the operand names; nil for an operand that is no token, or a string.</summary>
        public EntityHandle Token { get; }

        /// <summary>For a branch or switch: bytes from the end of the instruction to each target.</summary>
        public int[] Distances { get; }

        /// <summary>Decodes a method body.</summary>
        public static IEnumerable<Instruction> Read(byte[] il)
        {
            int i = 0;
            while (i < il.Length)
            {
                int start = i;
                OpCode code = il[i] == 0xfe ? TwoBytes[il[i + 1]] : OneByte[il[i]];
                i += code.Size;
                EntityHandle token = default;
                int[] distances = [];
                switch (code.OperandType)
                {
                    case OperandType.InlineNone:
                        break;
                    case OperandType.ShortInlineBrTarget:
                        distances = [(sbyte)il[i]];
                        i += 1;
                        break;
                    case OperandType.ShortInlineI:
                    case OperandType.ShortInlineVar:
                        i += 1;
                        break;
                    case OperandType.InlineVar:
                        i += 2;
                        break;
                    case OperandType.InlineBrTarget:
                        distances = [BitConverter.ToInt32(il, i)];
                        i += 4;
                        break;
                    case OperandType.InlineI:
                    case OperandType.ShortInlineR:
                    case OperandType.InlineString:
                        i += 4;
                        break;
                    case OperandType.InlineI8:
                    case OperandType.InlineR:
                        i += 8;
                        break;
                    case OperandType.InlineSwitch:
                        distances = new int[BitConverter.ToInt32(il, i)];
                        for (int n = 0; n < distances.Length; n++)
                        {
                            distances[n] = BitConverter.ToInt32(il, i + 4 + 4 * n);
                        }

                        i += 4 + 4 * distances.Length;
                        break;
                    default:
                        token = MetadataTokens.EntityHandle(BitConverter.ToInt32(il, i));
                        i += 4;
                        break;
                }

                yield return new Instruction(i - start, code, token, distances);
            }
        }
    }
}
