namespace System.Threading
{
    public sealed class Thread
    {
        public extern Thread(ThreadStart start);
        public static extern void Sleep(int millisecondsTimeout);
        public extern void Start();
    }

    public delegate void ThreadStart();
}
