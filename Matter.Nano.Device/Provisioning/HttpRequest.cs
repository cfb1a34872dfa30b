using System;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// One HTTP request (RFC 9112), taken in as it comes: of its head only method, target and body length are kept, so that
    /// a browser's headers may be long and cost nothing. Reused from one connection to the next.
    /// </summary>
    public sealed class HttpRequest
    {
        /// <summary>Status of a request that is not whole yet.</summary>
        public const int Incomplete = 0;

        /// <summary>Status of a whole request.</summary>
        public const int Complete = 200;

        /// <summary>Longest head taken, in bytes.</summary>
        public const int MaxHeadLength = 8192;

        /// <summary>Longest body taken, in bytes: a name and a password, each byte written as three.</summary>
        public const int MaxBodyLength = 512;

        private const int BadRequest = 400;
        private const int LengthRequired = 411;
        private const int ContentTooLarge = 413;
        private const int UriTooLong = 414;
        private const int HeadTooLarge = 431;
        private const int NotImplemented = 501;
        private const int VersionNotSupported = 505;

        private const int LineLength = 256;

        // Beginning of the present line; what is beyond only counts.
        private readonly byte[] _line = new byte[LineLength];
        private int _lineLength;
        private int _headLength;
        private bool _hasRequestLine;
        private bool _isInBody;
        private int _contentLength;

        /// <summary><see cref="Incomplete"/>, <see cref="Complete"/>, or the HTTP status of the error to answer with.</summary>
        public int Status { get; private set; }

        /// <summary>True for POST.</summary>
        public bool IsPost { get; private set; }

        /// <summary>True for HEAD: the answer has no body.</summary>
        public bool IsHead { get; private set; }

        /// <summary>The path: the target without its query.</summary>
        public byte[] Path { get; } = new byte[LineLength];

        /// <summary>Length of the path in bytes.</summary>
        public int PathLength { get; private set; }

        /// <summary>The body of a POST.</summary>
        public byte[] Body { get; } = new byte[MaxBodyLength];

        /// <summary>Length of the body in bytes.</summary>
        public int BodyLength { get; private set; }

        /// <summary>Starts over, and wipes what a body may have held.</summary>
        public void Reset()
        {
            Array.Clear(Body, 0, MaxBodyLength);
            Array.Clear(_line, 0, LineLength);
            Status = Incomplete;
            IsPost = false;
            IsHead = false;
            PathLength = 0;
            BodyLength = 0;
            _lineLength = 0;
            _headLength = 0;
            _hasRequestLine = false;
            _isInBody = false;
            _contentLength = -1;
        }

        /// <summary>Takes in what has come; bytes after a whole request, or after an error, are passed over.</summary>
        /// <param name="buffer">Holds the bytes; not kept.</param>
        /// <param name="offset">First byte.</param>
        /// <param name="length">Their number.</param>
        /// <returns><see cref="Status"/>.</returns>
        public int Receive(byte[] buffer, int offset, int length)
        {
            int end = offset + length;
            while (offset < end && Status == Incomplete)
            {
                if (_isInBody)
                {
                    int count = end - offset < _contentLength - BodyLength ? end - offset : _contentLength - BodyLength;
                    Array.Copy(buffer, offset, Body, BodyLength, count);
                    BodyLength += count;
                    offset += count;
                    if (BodyLength == _contentLength)
                    {
                        Status = Complete;
                    }

                    continue;
                }

                byte next = buffer[offset++];
                if (++_headLength > MaxHeadLength)
                {
                    Status = _hasRequestLine ? HeadTooLarge : UriTooLong;
                }
                else if (next == '\n')
                {
                    EndLine();
                }
                else if (_lineLength++ < LineLength)
                {
                    _line[_lineLength - 1] = next;
                }
            }

            return Status;
        }

        /// <summary>Whether the path is a given one.</summary>
        /// <param name="path">ASCII.</param>
        /// <returns>True if it is.</returns>
        public bool IsFor(string path)
        {
            return PathLength == path.Length && HasText(Path, 0, path);
        }

        private static bool HasText(byte[] buffer, int offset, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (buffer[offset + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }

        private void EndLine()
        {
            int length = _lineLength;
            _lineLength = 0;
            if (length > 0 && length <= LineLength && _line[length - 1] == '\r')
            {
                length--;
            }

            if (!_hasRequestLine)
            {
                // An empty line before the request is to be passed over.
                if (length > 0)
                {
                    Status = ReadRequestLine(length);
                    _hasRequestLine = true;
                }
            }
            else if (length > 0)
            {
                Status = ReadHeader(length);
            }
            else
            {
                Status = EndHead();
            }
        }

        private int ReadRequestLine(int length)
        {
            if (length > LineLength)
            {
                return UriTooLong;
            }

            byte[] line = _line;
            int methodEnd = IndexOf(' ', 0, length);
            int targetEnd = IndexOf(' ', methodEnd + 1, length);
            if (methodEnd <= 0 || targetEnd < length && IndexOf(' ', targetEnd + 1, length) < length)
            {
                return BadRequest;
            }

            for (int i = 0; i < length; i++)
            {
                if (line[i] < ' ' || line[i] > '~')
                {
                    return BadRequest;
                }
            }

            if (targetEnd + 9 != length || !HasText(line, targetEnd + 1, "HTTP/"))
            {
                return BadRequest;
            }

            if (!HasText(line, targetEnd + 6, "1.1") && !HasText(line, targetEnd + 6, "1.0"))
            {
                return VersionNotSupported;
            }

            IsPost = methodEnd == 4 && HasText(line, 0, "POST");
            IsHead = methodEnd == 4 && HasText(line, 0, "HEAD");
            if (!IsPost && !IsHead && !(methodEnd == 3 && HasText(line, 0, "GET")))
            {
                return NotImplemented;
            }

            int query = IndexOf('?', methodEnd + 1, targetEnd);
            PathLength = query - methodEnd - 1;
            Array.Copy(line, methodEnd + 1, Path, 0, PathLength);
            return PathLength == 0 ? BadRequest : Incomplete;
        }

        private int ReadHeader(int length)
        {
            if (IsNamed("transfer-encoding:", length))
            {
                return NotImplemented;
            }

            const string contentLength = "content-length:";
            if (!IsNamed(contentLength, length))
            {
                return Incomplete;
            }

            if (length > LineLength)
            {
                return BadRequest;
            }

            byte[] line = _line;
            int at = contentLength.Length;
            while (at < length && (line[at] == ' ' || line[at] == '\t'))
            {
                at++;
            }

            while (length > at && (line[length - 1] == ' ' || line[length - 1] == '\t'))
            {
                length--;
            }

            int value = 0;
            bool isNumber = at < length;
            for (; at < length; at++)
            {
                isNumber &= line[at] >= '0' && line[at] <= '9';
                if (value <= MaxBodyLength)
                {
                    value = (value * 10) + line[at] - '0';
                }
            }

            if (!isNumber || (_contentLength >= 0 && _contentLength != value))
            {
                return BadRequest;
            }

            _contentLength = value;
            return Incomplete;
        }

        private int EndHead()
        {
            if (!IsPost)
            {
                return Complete;
            }

            if (_contentLength < 0)
            {
                return LengthRequired;
            }

            if (_contentLength > MaxBodyLength)
            {
                return ContentTooLarge;
            }

            _isInBody = true;
            return _contentLength == 0 ? Complete : Incomplete;
        }

        // The name stands in small letters.
        private bool IsNamed(string name, int length)
        {
            if (length < name.Length)
            {
                return false;
            }

            for (int i = 0; i < name.Length; i++)
            {
                int letter = _line[i];
                if (letter >= 'A' && letter <= 'Z')
                {
                    letter |= 0x20;
                }

                if (letter != name[i])
                {
                    return false;
                }
            }

            return true;
        }

        private int IndexOf(char value, int from, int to)
        {
            while (from < to && _line[from] != value)
            {
                from++;
            }

            return from;
        }
    }
}
