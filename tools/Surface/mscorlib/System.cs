namespace System
{
    public class Object
    {
        public extern Object();

        [NeededByCompiler]
        public virtual extern bool Equals(object obj);

        [NeededByCompiler]
        public virtual extern int GetHashCode();

        [NeededByCompiler]
        public virtual extern string ToString();
    }

    [NeededByCompiler]
    public struct Void
    {
    }

    [NeededByCompiler]
    public abstract class ValueType
    {
        protected extern ValueType();
    }

    [NeededByCompiler]
    public abstract class Enum : ValueType
    {
        protected extern Enum();
    }

    [NeededByCompiler]
    public struct Boolean
    {
    }

    [NeededByCompiler]
    public struct Char
    {
    }

    [NeededByCompiler]
    public struct SByte
    {
    }

    [NeededByCompiler]
    public struct Byte
    {
        public extern string ToString(string format);
    }

    [NeededByCompiler]
    public struct Int16
    {
    }

    [NeededByCompiler]
    public struct UInt16
    {
    }

    [NeededByCompiler]
    public struct Int32
    {
        public const int MaxValue = 2147483647;
        public const int MinValue = -2147483648;
        public override extern string ToString();
    }

    [NeededByCompiler]
    public struct UInt32
    {
        public const uint MaxValue = 4294967295;
        public override extern string ToString();
        public extern string ToString(string format);
    }

    [NeededByCompiler]
    public struct Int64
    {
        public const long MaxValue = 9223372036854775807;
        public const long MinValue = -9223372036854775808;
        public override extern string ToString();
        public extern string ToString(string format);
    }

    [NeededByCompiler]
    public struct UInt64
    {
        public const ulong MaxValue = 18446744073709551615;
        public override extern string ToString();
    }

    [NeededByCompiler]
    public struct Single
    {
    }

    [NeededByCompiler]
    public struct Double
    {
    }

    [NeededByCompiler]
    public struct IntPtr
    {
    }

    [NeededByCompiler]
    public struct UIntPtr
    {
    }

    [NeededByCompiler]
    public sealed class String
    {
        public extern String(char[] value, int startIndex, int length);
        [NeededByCompiler]
        public extern int Length { get; }


        [NeededByCompiler]
        [System.Runtime.CompilerServices.IndexerName("Chars")]
        public extern char this[int index] { get; }

        public static extern string Concat(string str0, string str1, string str2);
        public static extern string Concat(string str0, string str1, string str2, string str3);
        public extern char[] ToCharArray();
        public extern String(char[] value);
        public static extern string Concat(string str0, string str1);        public static extern string Concat(params string[] values);
        public static extern bool operator ==(string a, string b);
        public static extern bool operator !=(string a, string b);
        public extern int IndexOf(char value);
        public extern string Substring(int startIndex);
        public extern string Substring(int startIndex, int length);
        public extern bool StartsWith(string value);
        public static readonly string Empty;
    }

    [NeededByCompiler]
    public abstract class Array : System.Collections.ICollection
    {
        [NeededByCompiler]
        public extern int Length { get; }

        extern System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator();
        public static extern void Clear(Array array, int index, int length);
        public static extern void Copy(Array sourceArray, Array destinationArray, int length);
        public static extern void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length);
        public extern object Clone();
        public extern void CopyTo(Array array, int index);
    }

    public static class BitConverter
    {
        public static extern long DoubleToInt64Bits(double value);
        public static extern double ToDouble(byte[] value, int startIndex);
        public static extern float ToSingle(byte[] value, int startIndex);
        public static extern ulong ToUInt64(byte[] value, int startIndex);
    }

    public static class Console
    {
        public static extern void WriteLine(string value);
    }

    [NeededByCompiler]
    public abstract class Delegate
    {
    }

    [NeededByCompiler]
    public abstract class MulticastDelegate : Delegate
    {
    }

    [NeededByCompiler]
    public abstract class Attribute
    {
        protected extern Attribute();
    }

    [NeededByCompiler]
    public enum AttributeTargets
    {
        Assembly = 1,
        Class = 4,
        Struct = 8,
        Enum = 16,
        Method = 64,
        All = 16383,
    }

    [NeededByCompiler]
    public sealed class AttributeUsageAttribute : Attribute
    {
        [NeededByCompiler]
        public extern AttributeUsageAttribute(AttributeTargets validOn);

        [NeededByCompiler]
        public extern bool AllowMultiple { get; set; }

        [NeededByCompiler]
        public extern bool Inherited { get; set; }
    }

    [NeededByCompiler]
    public sealed class ParamArrayAttribute : Attribute
    {
        public extern ParamArrayAttribute();
    }

    [NeededByCompiler]
    public class Exception
    {
        public extern Exception();
        public extern Exception(string message);
        public virtual extern string Message { get; }
    }

    public class SystemException : Exception
    {
        public extern SystemException();
    }

    public class InvalidOperationException : SystemException
    {
        public extern InvalidOperationException();
        public extern InvalidOperationException(string message);
    }

    public class ArgumentException : SystemException
    {
        public extern ArgumentException();
        public extern ArgumentException(string message);
    }

    public class EventArgs
    {
        public extern EventArgs();
    }

    public abstract class MarshalByRefObject
    {
        protected extern MarshalByRefObject();
    }

    public class Random
    {
        public extern Random();
        public virtual extern int Next();
    }

    [NeededByCompiler]
    public abstract class Type : System.Reflection.MemberInfo
    {
    }

    [NeededByCompiler]
    public struct RuntimeTypeHandle
    {
    }

    [NeededByCompiler]
    public struct RuntimeFieldHandle
    {
    }

    [NeededByCompiler]
    public struct RuntimeMethodHandle
    {
    }

    [NeededByCompiler]
    public interface IDisposable
    {
        [NeededByCompiler]
        void Dispose();
    }

    public struct DateTime
    {
        public extern long Ticks { get; }
        public static extern DateTime UtcNow { get; }
    }
}
