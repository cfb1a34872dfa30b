using System.Globalization;
using System.IO;
using Matter.Nano.Platform;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>Says of each change when it begins and when it is done, a line each: '+' or '-' and the key; -1 for all of them.</summary>
    internal sealed class ReportingStore : IKeyValueStore
    {
        public const long All = -1;

        private readonly IKeyValueStore _store;
        private readonly TextWriter _output;

        public ReportingStore(IKeyValueStore store, TextWriter output)
        {
            _store = store;
            _output = output;
        }

        public int Read(long key, byte[] buffer, int offset, int capacity)
        {
            return _store.Read(key, buffer, offset, capacity);
        }

        public int Write(long key, byte[] buffer, int offset, int length)
        {
            Say('+', key);
            int result = _store.Write(key, buffer, offset, length);
            Say('-', key);
            return result;
        }

        public int Delete(long key)
        {
            Say('+', key);
            int result = _store.Delete(key);
            Say('-', key);
            return result;
        }

        public int Clear()
        {
            Say('+', All);
            int result = _store.Clear();
            Say('-', All);
            return result;
        }

        private void Say(char what, long key)
        {
            _output.WriteLine(what + key.ToString(CultureInfo.InvariantCulture));
        }
    }
}
