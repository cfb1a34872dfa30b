using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>
    /// What an object graph takes in the heap of nanoCLR: an object one block and one more for each field of whatever type,
    /// an array its head and its elements, a reference one block in either; all rounded up to whole blocks. Objects of other
    /// assemblies than the library's own count for nothing and are not followed; arrays and strings count for
    /// the class of the object that keeps them.
    /// </summary>
    internal sealed class HeapAccount
    {
        private const int ArrayHead = 8;            // beyond a block: number and kind of the elements
        private const int DelegateBlocks = 3;

        private readonly int _block;
        private readonly Type[] _only;
        private readonly Assembly[] _assemblies;
        private readonly HashSet<object> _seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Type, FieldInfo[]> _fields = new Dictionary<Type, FieldInfo[]>();

        /// <summary>Creates an empty account.</summary>
        /// <param name="block">Size of a heap block in bytes: 12 on a board, 24 on a 64-bit machine.</param>
        /// <param name="assemblies">The library's own.</param>
        public HeapAccount(int block, params Assembly[] assemblies)
        {
            _block = block;
            _assemblies = assemblies;
        }

        private HeapAccount(HeapAccount model, Type[] only)
            : this(model._block, model._assemblies)
        {
            _only = only;
        }

        /// <summary>Bytes by the class of the object, or of the one that keeps the array.</summary>
        public Dictionary<Type, int> Bytes { get; } = new Dictionary<Type, int>();

        /// <summary>Objects of each class.</summary>
        public Dictionary<Type, List<object>> Objects { get; } = new Dictionary<Type, List<object>>();

        /// <summary>Bytes in all.</summary>
        public int Total
        {
            get { return Bytes.Values.Sum(); }
        }

        /// <summary>Adds what the static fields of the assemblies hold.</summary>
        public void AddStatics()
        {
            foreach (Type type in _assemblies.SelectMany(assembly => assembly.GetTypes()))
            {
                foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (!field.IsLiteral && !field.FieldType.IsValueType && !type.Name.Contains('<'))
                    {
                        Add(field.GetValue(null), type);
                    }
                }
            }
        }

        /// <summary>What one object of this account takes, with those of the classes given that it leads to.</summary>
        public int CostOf(object one, params Type[] classes)
        {
            HeapAccount account = new HeapAccount(this, classes.Append(one.GetType()).ToArray());
            account.Add(one);
            return account.Total;
        }

        /// <summary>Adds an object and all that it leads to, unless already there.</summary>
        public void Add(object root)
        {
            Add(root, typeof(object));
        }

        // What a field holds for good belongs to its object; other fields may lend, so they come last.
        private void Add(object root, Type owner)
        {
            Queue<(object, Type)> kept = new Queue<(object, Type)>();
            Queue<(object, Type)> lent = new Queue<(object, Type)>();
            kept.Enqueue((root, owner));
            while (kept.TryDequeue(out (object Value, Type Owner) next) || lent.TryDequeue(out next))
            {
                if (next.Value == null || !_seen.Add(next.Value))
                {
                    continue;
                }

                Type type = next.Value.GetType();
                switch (next.Value)
                {
                    case string text:
                        Count(next.Owner, _block + text.Length + 1);
                        break;
                    case Array array:
                        Type element = type.GetElementType();
                        Count(next.Owner, _block + ArrayHead + (array.Length * SizeOfElement(element)));
                        if (!element.IsValueType)
                        {
                            foreach (object item in array)
                            {
                                kept.Enqueue((item, next.Owner));
                            }
                        }

                        break;
                    case Delegate function:
                        Count(next.Owner, DelegateBlocks * _block);
                        lent.Enqueue((function.Target, next.Owner));
                        break;
                    default:
                        if (!_assemblies.Contains(type.Assembly) || (_only != null && !_only.Contains(type)))
                        {
                            break;
                        }

                        FieldInfo[] fields = FieldsOf(type);
                        if (!Objects.TryGetValue(type, out List<object> objects))
                        {
                            Objects[type] = objects = new List<object>();
                        }

                        objects.Add(next.Value);
                        Count(type, (1 + fields.Length) * _block);
                        foreach (FieldInfo field in fields.Where(field => !field.FieldType.IsValueType))
                        {
                            (field.IsInitOnly ? kept : lent).Enqueue((field.GetValue(next.Value), type));
                        }

                        break;
                }
            }
        }

        private void Count(Type owner, int bytes)
        {
            int blocks = (bytes + _block - 1) / _block;
            Bytes[owner] = Bytes.GetValueOrDefault(owner) + (blocks * _block);
        }

        private int SizeOfElement(Type element)
        {
            if (!element.IsValueType)
            {
                return _block;
            }

            return element == typeof(bool) ? 1 : element == typeof(char) ? 2 : System.Runtime.InteropServices.Marshal.SizeOf(element);
        }

        private FieldInfo[] FieldsOf(Type type)
        {
            if (!_fields.TryGetValue(type, out FieldInfo[] fields))
            {
                List<FieldInfo> all = new List<FieldInfo>();
                for (Type level = type; level != null; level = level.BaseType)
                {
                    all.AddRange(level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
                }

                _fields[type] = fields = all.ToArray();
            }

            return fields;
        }
    }
}
