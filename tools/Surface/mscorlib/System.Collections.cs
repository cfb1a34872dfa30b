namespace System.Collections
{
    [NeededByCompiler]
    public interface IEnumerable
    {
        [NeededByCompiler]
        IEnumerator GetEnumerator();
    }

    [NeededByCompiler]
    public interface IEnumerator
    {
        [NeededByCompiler]
        object Current { get; }

        [NeededByCompiler]
        bool MoveNext();

        [NeededByCompiler]
        void Reset();
    }

    public interface ICollection : IEnumerable
    {
    }
}
