namespace System.Net
{
    public static class Dns
    {
        public static extern IPHostEntry GetHostEntry(string hostNameOrAddress);
    }

    public abstract class EndPoint
    {
        protected extern EndPoint();
    }

    public class IPAddress
    {
        public static readonly IPAddress Any;
        public static readonly IPAddress IPv6Any;
        public extern IPAddress(byte[] address);
        public extern IPAddress(byte[] address, long scopeid);
        public extern System.Net.Sockets.AddressFamily AddressFamily { get; }
        public extern long ScopeId { get; set; }
        public extern byte[] GetAddressBytes();
        public static extern IPAddress Parse(string ipString);
    }

    public class IPEndPoint : EndPoint
    {
        public extern IPEndPoint(IPAddress address, int port);
        public extern IPAddress Address { get; }
        public extern int Port { get; }
    }

    public class IPHostEntry
    {
        public extern IPHostEntry();
        public extern IPAddress[] AddressList { get; }
    }
}
