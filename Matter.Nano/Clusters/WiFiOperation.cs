using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// The scan or connection that Network Commissioning has under way, and how the last one ended. It begins with the first
    /// <see cref="Advance"/>, and goes on if nobody waits for its answer any more.
    /// </summary>
    internal sealed class WiFiOperation
    {
        /// <summary>How often the driver is asked, in ms.</summary>
        public const int StepMs = 100;

        private const int Idle = 0;
        private const int Scan = 1;
        private const int Connection = 2;

        // Once a result is written: end of the list and of what surrounds it, the command's reference.
        private const int TrailerLength = 16;

        private readonly IWiFiDriver _driver;
        private readonly WiFiScanResult _row = new WiFiScanResult();
        private readonly byte[] _name = new byte[WiFiNetwork.MaxSsidLength];
        private readonly byte[] _id = new byte[WiFiNetwork.MaxSsidLength];
        private readonly byte[] _lastId = new byte[WiFiNetwork.MaxSsidLength];
        private int _idLength;
        private int _kind;
        private bool _hasBegun;
        private bool _isKnown;
        private bool _isDriven; // the driver was asked to connect
        private WiFiNetwork _network; // to connect to; null for the stored one
        private long _deadline;
        private int _lastStatus = NetworkingStatus.Running; // for none yet
        private int _lastIdLength;
        private int _lastError;

        public WiFiOperation(IWiFiDriver driver)
        {
            _driver = driver;
        }

        /// <summary>True from its preparation to its end.</summary>
        public bool IsRunning { get { return _kind != Idle && Result == NetworkingStatus.Running; } }

        /// <summary>True while somebody waits for its answer.</summary>
        public bool IsAwaited { get; private set; }

        /// <summary>True if it is, or was, a connection.</summary>
        public bool IsConnection { get { return _kind == Connection; } }

        /// <summary>True at the end if the station was asked to connect, in vain.</summary>
        public bool HasFailed { get { return _isDriven && Result != NetworkingStatus.Success; } }

        /// <summary>True once a connection was tried; for the owner to reset.</summary>
        public bool HasLeft { get; set; }

        /// <summary>What it ended with; <see cref="NetworkingStatus.Running"/> before.</summary>
        public int Result { get; private set; }

        /// <summary>Prepares a scan, for one name or, of length 0, for all.</summary>
        public void PrepareScan(byte[] buffer, int offset, int length)
        {
            Prepare(Scan, buffer, offset, length);
        }

        /// <summary>Prepares a connection to a staged network, or the stored one.</summary>
        public void PrepareConnection(byte[] buffer, int offset, int length, bool isKnown, WiFiNetwork staged)
        {
            Prepare(Connection, buffer, offset, length);
            _isKnown = isKnown;
            _network = staged;
        }

        /// <summary>Nobody waits any more: what has not begun never does, the rest goes on.</summary>
        public void Abandon()
        {
            IsAwaited = false;
            if (!_hasBegun)
            {
                _kind = Idle;
            }
        }

        /// <summary>What was staged is no more: a connection that runs has failed.</summary>
        public void GiveUp()
        {
            _network = null;
            if (IsRunning && IsConnection)
            {
                Result = NetworkingStatus.OtherConnectionFailure;
                Record();
            }
        }

        /// <summary>
        /// The station may have connected by itself, as it does at start. That is a result where there is none yet; in place of a
        /// failed one, after which it goes back to its network, it would hide what the administrator has to know.
        /// </summary>
        /// <returns>True if it is the last result now.</returns>
        public bool TakeConnection()
        {
            int length = _driver.GetConnected(_name);
            if (length == 0 || IsRunning || _lastStatus != NetworkingStatus.Running)
            {
                return false;
            }

            Array.Copy(_name, 0, _lastId, 0, length);
            _lastIdLength = length;
            _lastStatus = NetworkingStatus.Success;
            return true;
        }

        /// <summary>There is no network any more that the last result could be about.</summary>
        public void ForgetLast()
        {
            _lastStatus = NetworkingStatus.Running;
            _lastIdLength = 0;
            _lastError = 0;
        }

        /// <summary>Goes on.</summary>
        /// <returns>True once it has ended.</returns>
        public bool Advance(long now)
        {
            if (Result != NetworkingStatus.Running)
            {
                return true;
            }

            int status = _hasBegun ? Ask(now) : Begin(now);
            if (status == NetworkingStatus.Running)
            {
                return false;
            }

            Result = status;
            if (_isDriven && status != NetworkingStatus.Success && _network != null)
            {
                // Whoever asked is to be reached again.
                _driver.BeginStored(now);
            }

            Record();
            return true;
        }

        /// <summary>Writes the fields of the response.</summary>
        public void Answer(TlvWriter response)
        {
            response.PutUnsigned(0, (ulong)Result);
            if (_kind == Scan)
            {
                PutResults(response);
            }
            else if (Result == NetworkingStatus.Success)
            {
                response.PutNull(2);
            }
            else
            {
                response.PutSigned(2, _lastError);
            }

            IsAwaited = false;
            _network = null;
        }

        /// <summary>Whether the station is connected to the network of a name.</summary>
        public bool IsConnectedTo(byte[] ssid, int length)
        {
            int connected = _driver.GetConnected(_name);
            return WiFiNetwork.AreEqual(_name, connected, ssid, 0, length);
        }

        /// <summary>Writes LastNetworkingStatus (0), LastNetworkID (1) or LastConnectErrorValue (2).</summary>
        public bool ReadLast(uint which, TlvWriter writer, int tag)
        {
            switch (which)
            {
                case 0:
                    if (_lastStatus == NetworkingStatus.Running)
                    {
                        writer.PutNull(tag);
                    }
                    else
                    {
                        writer.PutUnsigned(tag, (ulong)_lastStatus);
                    }

                    return true;
                case 1:
                    if (_lastIdLength == 0)
                    {
                        writer.PutNull(tag);
                    }
                    else
                    {
                        writer.PutBytes(tag, _lastId, 0, _lastIdLength);
                    }

                    return true;
                case 2:
                    if (_lastError == 0)
                    {
                        writer.PutNull(tag);
                    }
                    else
                    {
                        writer.PutSigned(tag, _lastError);
                    }

                    return true;
                default:
                    return false;
            }
        }

        private void Prepare(int kind, byte[] buffer, int offset, int length)
        {
            _kind = kind;
            Array.Copy(buffer, offset, _id, 0, length);
            _idLength = length;
            _hasBegun = false;
            _isDriven = false;
            IsAwaited = true;
            Result = NetworkingStatus.Running;
        }

        private int Begin(long now)
        {
            _hasBegun = true;
            int status;
            int seconds;
            if (_kind == Scan)
            {
                status = _driver.BeginScan(now);
                seconds = _driver.ScanMaxSeconds;
            }
            else if (!_isKnown)
            {
                return NetworkingStatus.NetworkIdNotFound;
            }
            else if (_network == null && IsConnectedTo(_id, _idLength))
            {
                return NetworkingStatus.Success;
            }
            else
            {
                _isDriven = true;
                HasLeft = true;
                status = _network == null ? _driver.BeginStored(now)
                    : _driver.BeginConnect(_network.Ssid, _network.SsidLength, _network.Credentials, _network.CredentialsLength, now);
                seconds = _driver.ConnectMaxSeconds;
            }

            _deadline = now + (seconds * 1000);
            return status == NetworkingStatus.Success ? NetworkingStatus.Running : status;
        }

        private int Ask(long now)
        {
            int status = _kind == Scan ? _driver.PollScan(now) : _driver.PollConnect(now);
            if (status == NetworkingStatus.Running && now >= _deadline)
            {
                return _kind == Scan ? NetworkingStatus.UnknownError : NetworkingStatus.OtherConnectionFailure;
            }

            if (_kind == Scan && status == NetworkingStatus.Success && _idLength != 0)
            {
                for (int i = 0; i < _driver.ScanResultCount; i++)
                {
                    if (IsWanted(i))
                    {
                        return status;
                    }
                }

                return NetworkingStatus.NetworkNotFound;
            }

            return status;
        }

        private void Record()
        {
            _lastStatus = Result;
            _lastError = 0;
            if (_kind == Connection)
            {
                Array.Copy(_id, 0, _lastId, 0, _idLength);
                _lastIdLength = _idLength;
                _lastError = _isDriven && Result != NetworkingStatus.Success ? _driver.ErrorValue : 0;
            }
        }

        private bool IsWanted(int index)
        {
            _driver.GetScanResult(index, _row);
            return _idLength == 0 || WiFiNetwork.AreEqual(_row.Ssid, _row.SsidLength, _id, 0, _idLength);
        }

        // As many as the message holds, the strongest first.
        private void PutResults(TlvWriter response)
        {
            response.StartArray(2);
            int count = Result == NetworkingStatus.Success ? _driver.ScanResultCount : 0;
            for (int i = 0; i < count; i++)
            {
                if (!IsWanted(i))
                {
                    continue;
                }

                int mark = response.Length;
                response.StartStructure(TlvTag.Anonymous);
                response.PutUnsigned(0, (ulong)_row.Security);
                response.PutBytes(1, _row.Ssid, 0, _row.SsidLength);
                response.PutBytes(2, _row.Bssid, 0, WiFiNetwork.BssidLength);
                response.PutUnsigned(3, (ulong)_row.Channel);
                response.PutUnsigned(4, (ulong)_row.Band);
                response.PutSigned(5, _row.Rssi);
                response.EndContainer();
                if (response.Error != 0 || response.Remaining < TrailerLength)
                {
                    response.Rewind(mark);
                    break;
                }
            }

            response.EndContainer();
        }
    }
}
