using System;
using System.Net;
using System.Net.Sockets;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// Serves a <see cref="ProvisioningPage"/> over TCP without ever waiting: a few connections at a time, one request each.
    /// Browsers open connections in advance and leave them silent, so none may hold up the others.
    /// </summary>
    public sealed class PageServer
    {
        private const int Capacity = 4;
        private const int ReceiveLength = 512;
        private const int SendTimeoutMs = 2000;

        private readonly ProvisioningPage _page;
        private readonly Socket _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Socket[] _connections = new Socket[Capacity];
        private readonly HttpRequest[] _requests = new HttpRequest[Capacity];
        private readonly byte[] _received = new byte[ReceiveLength];
        private int _next;

        /// <summary>Starts to listen.</summary>
        /// <param name="page">What to serve.</param>
        /// <param name="endPoint">Where.</param>
        public PageServer(ProvisioningPage page, IPEndPoint endPoint)
        {
            _page = page;
            for (int i = 0; i < Capacity; i++)
            {
                _requests[i] = new HttpRequest();
            }

            _listener.Bind(endPoint);
            _listener.Listen(Capacity);
        }

        /// <summary>Takes in and answers what has come.</summary>
        public void Poll()
        {
            if (_listener.Poll(0, SelectMode.SelectRead))
            {
                Accept();
            }

            for (int i = 0; i < Capacity; i++)
            {
                if (_connections[i] != null && !Serve(_connections[i], _requests[i]))
                {
                    Close(i);
                }
            }
        }

        /// <summary>Ends all connections and stops listening.</summary>
        public void Close()
        {
            for (int i = 0; i < Capacity; i++)
            {
                Close(i);
            }

            _listener.Close();
        }

        // The connection opened longest ago makes room.
        private void Accept()
        {
            Socket connection;
            try
            {
                connection = _listener.Accept();
            }
            catch (SocketException)
            {
                return;
            }

            connection.SendTimeout = SendTimeoutMs;
            Close(_next);
            _connections[_next] = connection;
            _requests[_next].Reset();
            _next = (_next + 1) % Capacity;
        }

        // False once the connection is to end.
        private bool Serve(Socket connection, HttpRequest request)
        {
            try
            {
                if (!connection.Poll(0, SelectMode.SelectRead))
                {
                    return true;
                }

                int length = connection.Receive(_received, 0, ReceiveLength, SocketFlags.None);
                if (length <= 0)
                {
                    return false;
                }

                int status = request.Receive(_received, 0, length);
                Array.Clear(_received, 0, length); // perhaps a password
                if (status == HttpRequest.Incomplete)
                {
                    return true;
                }

                length = _page.Respond(request);
                int sent = 0;
                while (sent < length)
                {
                    sent += connection.Send(_page.Response, _page.ResponseOffset + sent, length - sent, SocketFlags.None);
                }
            }
            catch (SocketException)
            {
                // The browser went away.
            }

            return false;
        }

        private void Close(int index)
        {
            if (_connections[index] != null)
            {
                _connections[index].Close();
                _connections[index] = null;
                _requests[index].Reset();
            }
        }
    }
}
