namespace System.Net.Sockets
{
    public enum AddressFamily
    {
        InterNetwork = 2,
        InterNetworkV6 = 23,
    }

    public enum ProtocolType
    {
        Tcp = 6,
        Udp = 17,
    }

    public enum SelectMode
    {
        SelectRead = 0,
    }

    public class Socket : IDisposable
    {
        public extern Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType);
        public extern int ReceiveTimeout { get; set; }
        public extern int SendTimeout { get; set; }
        public extern Socket Accept();
        public extern void Bind(EndPoint localEP);
        public extern void Close();
        public extern void Listen(int backlog);
        public extern bool Poll(int microSeconds, SelectMode mode);
        public extern int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags);
        public extern int ReceiveFrom(byte[] buffer, int offset, int size, SocketFlags socketFlags, ref EndPoint remoteEP);
        public extern int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags);
        public extern int SendTo(byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP);
        public extern void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue);
        public extern void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, byte[] optionValue);
        extern void IDisposable.Dispose();
    }

    public class SocketException : Exception
    {
        internal extern SocketException();
    }

    public enum SocketFlags
    {
        None = 0,
    }

    public enum SocketOptionLevel
    {
        IP = 0,
        IPv6 = 41,
        Socket = 65535,
    }

    public enum SocketOptionName
    {
        Broadcast = 32,
        MulticastTimeToLive = 10,
        AddMembership = 12,
        DropMembership = 13,
    }

    public enum SocketType
    {
        Stream = 1,
        Dgram = 2,
    }
}
