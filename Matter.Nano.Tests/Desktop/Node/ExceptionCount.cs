using System;
using System.Runtime.ExceptionServices;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>Counts the exceptions thrown on one thread, caught or not, but for a socket's own.</summary>
    internal sealed class ExceptionCount : IDisposable
    {
        private readonly int _thread;

        /// <param name="thread">Its ManagedThreadId.</param>
        public ExceptionCount(int thread)
        {
            _thread = thread;
            AppDomain.CurrentDomain.FirstChanceException += Thrown;
        }

        public int Count { get; private set; }

        public Exception First { get; private set; }

        public void Dispose()
        {
            AppDomain.CurrentDomain.FirstChanceException -= Thrown;
        }

        private void Thrown(object sender, FirstChanceExceptionEventArgs e)
        {
            if (Environment.CurrentManagedThreadId != _thread || e.Exception is System.Net.Sockets.SocketException)
                return;
            Count++;
            First ??= e.Exception;
        }
    }
}
