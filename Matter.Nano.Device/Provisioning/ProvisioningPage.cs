using System;

namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// The set-up page of a board without a network: choose a Wi-Fi network, enter its password, then see the code to scan
    /// with a Matter controller. A request goes in, a response comes out; connections are the driver's affair. Plain HTML,
    /// which works without scripts.
    /// </summary>
    /// <remarks>
    /// nanoFramework's WebServer package costs three more assemblies, whose tables lie in the managed heap
    /// (nanoFramework.WebServer, System.Net.Http.Server, System.Collections), a thread for each request, and strings and
    /// collections made of every request's head; this takes fixed buffers of 12 KB in all.
    /// </remarks>
    public sealed class ProvisioningPage
    {
        /// <summary>Longest response in bytes; the weakest networks are left out where names of many special characters make it longer.</summary>
        public const int MaxResponseLength = 8192;

        private const int SeeOther = 303;
        private const int Found = 302;

        // Above it stands the head, which is written last.
        private const int HeadRoom = 320;

        // What a network takes at most, and what follows the networks.
        private const int ChoiceRoom = 540;
        private const int TailRoom = 1000;

        private const int Strong = -60;
        private const int Fair = -75;

        private const string Connect = "/connect";
        private const string Change = "/change";
        private const string Scan = "/scan";

        private readonly string _authority;
        private readonly string _payload;
        private readonly string _manualCode;
        private readonly QrCode _code;
        private readonly byte[] _response = new byte[MaxResponseLength];
        private readonly PageWriter _writer;
        private readonly byte[] _name = new byte[WiFiNetwork.MaxSsidLength];
        private readonly byte[] _password = new byte[WiFiNetwork.MaxCredentialsLength];
        private int _nameLength; // of the name entered last
        private string _error;

        /// <summary>Creates the page.</summary>
        /// <param name="authority">What stands for the board in its address: "192.168.4.1", or with a port.</param>
        /// <param name="payload">The onboarding payload, "MT:…".</param>
        /// <param name="manualCode">The manual pairing code.</param>
        public ProvisioningPage(string authority, string payload, string manualCode)
        {
            _authority = authority;
            _payload = payload;
            _manualCode = manualCode;
            _code = new QrCode(payload);
            _writer = new PageWriter(_response);
        }

        /// <summary>The networks to choose from; the driver fills it.</summary>
        public NetworkList Networks { get; } = new NetworkList();

        /// <summary>The network chosen; without a name until there is one.</summary>
        public WiFiNetwork Chosen { get; } = new WiFiNetwork();

        /// <summary>True once a network is chosen: store it.</summary>
        public bool IsDone { get { return Chosen.SsidLength != 0; } }

        /// <summary>True once the user has taken the code down: join the network as soon as the response is sent.</summary>
        public bool IsConfirmed { get; private set; }

        /// <summary>True when the user wants another scan; the driver sets it back once the scan is over.</summary>
        public bool WantsScan { get; set; }

        /// <summary>The response.</summary>
        public byte[] Response { get { return _response; } }

        /// <summary>First byte of the response in <see cref="Response"/>.</summary>
        public int ResponseOffset { get; private set; }

        /// <summary>The network chosen could not be joined: the user is told and chooses again.</summary>
        /// <param name="status">Why, one of <see cref="NetworkingStatus"/>.</param>
        public void Refuse(int status)
        {
            Chosen.Clear();
            IsConfirmed = false;
            switch (status)
            {
                case NetworkingStatus.AuthFailure:
                    _error = "The network refused the password.";
                    break;
                case NetworkingStatus.NetworkNotFound:
                    _error = "The network was out of reach.";
                    break;
                default:
                    _error = "The network could not be joined.";
                    break;
            }
        }

        /// <summary>Answers a request. The connection ends with the response.</summary>
        /// <param name="request">Not <see cref="HttpRequest.Incomplete"/>.</param>
        /// <returns>Length of the response in bytes.</returns>
        public int Respond(HttpRequest request)
        {
            _writer.Reset(HeadRoom);
            int status = request.Status;
            string location = null;
            if (status != HttpRequest.Complete)
            {
                Start("Bad request");
            }
            else if (request.IsPost)
            {
                status = Post(request);
                location = "/";
            }
            else if (request.IsFor("/"))
            {
                Page();
            }
            else
            {
                // Whatever a phone asks for to find out about the network, it is told to look here.
                status = Found;
                location = "/";
            }

            return Finish(status, location, request.IsHead);
        }

        private static string ReasonOf(int status)
        {
            switch (status)
            {
                case HttpRequest.Complete: return "OK";
                case Found: return "Found";
                case SeeOther: return "See Other";
                default: return "Error";
            }
        }

        // Every POST is answered by a redirection, so that reloading a page repeats nothing.
        private int Post(HttpRequest request)
        {
            if (request.IsFor(Connect))
            {
                IsConfirmed = IsDone;
            }
            else if (request.IsFor(Change) && !IsConfirmed)
            {
                Chosen.Clear();
                _nameLength = 0;
            }
            else if (request.IsFor(Scan))
            {
                WantsScan = !IsDone;
            }
            else if (request.IsFor("/") && !IsDone)
            {
                _error = Choose(request);
                Array.Clear(_password, 0, _password.Length);
            }

            return SeeOther;
        }

        // Null, or what is wrong.
        private string Choose(HttpRequest request)
        {
            int length = FormReader.Read(request.Body, request.BodyLength, "ssid", _name);
            int typedLength = FormReader.Read(request.Body, request.BodyLength, "other", _password);
            bool isListed = length != 0;
            if (typedLength != 0)
            {
                length = typedLength > WiFiNetwork.MaxSsidLength ? MatterError.BufferTooSmall : typedLength;
                Array.Copy(_password, 0, _name, 0, length > 0 ? length : 0);
            }

            _nameLength = length > 0 ? length : 0;
            if (length == 0)
            {
                return "Choose a network or enter its name.";
            }

            if (length < 0)
            {
                return "The network's name has 1 to 32 bytes.";
            }

            if (isListed && typedLength != 0)
            {
                return "Is it this one, or one of the list?";
            }

            int passwordLength = FormReader.Read(request.Body, request.BodyLength, "password", _password);
            if (passwordLength < 0 || !WiFiNetwork.AreCredentials(_password, 0, passwordLength))
            {
                return "A password has 8 to 63 characters.";
            }

            Chosen.Set(_name, 0, length, _password, 0, passwordLength);
            return null;
        }

        private int Finish(int status, string location, bool isHead)
        {
            PageWriter writer = _writer;
            int end = writer.Position;
            writer.Reset(0);
            writer.Put("HTTP/1.1 ");
            writer.Put(status);
            writer.Put(" ");
            writer.Put(ReasonOf(status));
            writer.Put("\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nContent-Length: ");
            writer.Put(end - HeadRoom);
            if (location == null)
            {
                writer.Put("\r\nContent-Type: text/html; charset=utf-8");
            }
            else
            {
                writer.Put("\r\nLocation: http://");
                writer.Put(_authority);
                writer.Put(location);
            }

            writer.Put("\r\n\r\n");

            // The head moves down to the body.
            int headLength = writer.Position;
            ResponseOffset = HeadRoom - headLength;
            Array.Copy(_response, 0, _response, ResponseOffset, headLength);
            return isHead ? headLength : end - ResponseOffset;
        }

        private void Start(string title)
        {
            PageWriter writer = _writer;
            writer.Put("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
            if ((WantsScan && !IsDone) || IsConfirmed)
            {
                writer.Put("<meta http-equiv=\"refresh\" content=\"2\">");
            }

            writer.Put("<title>");
            writer.Put(title);
            writer.Put("</title><style>"
                + "*{box-sizing:border-box}body{font:1.1rem/1.4 system-ui,sans-serif;max-width:30rem;margin:0 auto;padding:1rem;"
                + "color:#1b1b1f;background:#f6f6f9}h1{font-size:1.6rem;margin:.5rem 0}"
                + "fieldset{border:0;margin:1rem 0;padding:0}legend,b{font-weight:600}"
                + "label.n{display:flex;align-items:center;gap:.8rem;min-height:3.2rem;padding:.4rem .8rem;background:#fff;"
                + "border:1px solid #c9c9d3;border-radius:.6rem;margin:.4rem 0}label.n span{flex:1;overflow-wrap:anywhere}"
                + "label.n small{color:#55555f}input[type=radio]{width:1.4rem;height:1.4rem;flex:none}"
                + "input.t{display:block;width:100%;min-height:3rem;font:inherit;padding:.4rem .8rem;margin:.3rem 0 1rem;"
                + "border:1px solid #77777f;border-radius:.6rem;background:#fff}"
                + "button{width:100%;min-height:3.2rem;font:inherit;font-weight:600;color:#fff;background:#2b4ec9;border:0;"
                + "border-radius:.6rem;margin:.4rem 0}button.s{color:#2b4ec9;background:none;border:1px solid #2b4ec9}"
                + "p.e{padding:.6rem .8rem;border-radius:.6rem;background:#ffe1de;color:#7a1209}"
                + "svg{display:block;width:100%;max-width:20rem;margin:1rem auto;background:#fff}"
                + "p.c{font:1.6rem monospace;text-align:center;margin:.4rem 0}"
                + "</style></head><body><h1>");
            writer.Put(title);
            writer.Put("</h1>");
        }

        private void Page()
        {
            if (!IsDone && WantsScan)
            {
                // No form here: the page is loaded again and again until the scan is over, and would forget what is typed.
                Start("Set up Wi-Fi");
                _writer.Put("<p>Looking for networks&hellip;</p>");
            }
            else if (!IsDone)
            {
                ChoicePage();
            }
            else if (!IsConfirmed)
            {
                CodePage();
            }
            else
            {
                Start("Connecting");
                _writer.Put("<p>The device joins <b>");
                _writer.PutEscaped(Chosen.Ssid, Chosen.SsidLength);
                _writer.Put("</b>. This page goes away with the set-up network: connect your phone to the same network as the device, "
                    + "open your Matter app, add a device and use the code.</p>");
            }

            _writer.Put("</body></html>");
        }

        private void ChoicePage()
        {
            PageWriter writer = _writer;
            Start("Set up Wi-Fi");
            Error();
            writer.Put("<form method=\"post\" action=\"/\" autocomplete=\"off\"><fieldset><legend>Network</legend>");
            bool isListed = false;
            for (int i = 0; i < Networks.Count && writer.Position < MaxResponseLength - TailRoom - ChoiceRoom; i++)
            {
                isListed |= Choice(Networks.Get(i));
            }

            writer.Put("</fieldset><label for=\"o\">Another network&rsquo;s name</label>"
                + "<input class=\"t\" id=\"o\" name=\"other\" maxlength=\"32\" autocapitalize=\"none\" spellcheck=\"false\" value=\"");
            if (!isListed)
            {
                writer.PutEscaped(_name, _nameLength);
            }

            writer.Put("\"><label for=\"p\">Password</label>"
                + "<input class=\"t\" id=\"p\" name=\"password\" type=\"password\" maxlength=\"64\" autocomplete=\"off\">"
                + "<button>Save</button></form>"
                + "<form method=\"post\" action=\"/scan\"><button class=\"s\">Look for networks again</button></form>");
        }

        private void Error()
        {
            if (_error != null)
            {
                _writer.Put("<p class=\"e\" role=\"alert\">");
                _writer.Put(_error);
                _writer.Put("</p>");
            }
        }

        // True if it is the one that was entered last.
        private bool Choice(WiFiScanResult network)
        {
            PageWriter writer = _writer;
            bool isEntered = WiFiNetwork.AreEqual(network.Ssid, network.SsidLength, _name, 0, _nameLength);
            writer.Put("<label class=\"n\"><input type=\"radio\" name=\"ssid\" value=\"");
            writer.PutEscaped(network.Ssid, network.SsidLength);
            writer.Put(isEntered ? "\" checked><span>" : "\"><span>");
            writer.PutEscaped(network.Ssid, network.SsidLength);
            writer.Put("</span><small>");
            writer.Put(network.Security == WiFiSecurity.Unencrypted ? "open, " : "");
            writer.Put(network.Rssi >= Strong ? "strong" : network.Rssi >= Fair ? "fair" : "weak");
            writer.Put("</small></label>");
            return isEntered;
        }

        private void CodePage()
        {
            PageWriter writer = _writer;
            Start("Keep this code");
            writer.Put("<p>It adds the device to your home once it is on <b>");
            writer.PutEscaped(Chosen.Ssid, Chosen.SsidLength);
            writer.Put("</b>: scan it with your Matter app from another screen, take a picture of it, or note the digits.</p>");
            Code();
            writer.Put("<p class=\"c\" id=\"manual\">");
            writer.Put(_manualCode.Substring(0, 4));
            writer.Put("-");
            writer.Put(_manualCode.Substring(4, 3));
            writer.Put("-");
            writer.Put(_manualCode.Substring(7));
            writer.Put("</p><p class=\"c\" id=\"payload\"><small>");
            writer.Put(_payload);
            writer.Put("</small></p><form method=\"post\" action=\"/connect\"><button>I have it: connect now</button></form>"
                + "<form method=\"post\" action=\"/change\"><button class=\"s\">Choose another network</button></form>");
        }

        // One stroke a row: moves over light modules, lines over dark ones; four light modules around.
        private void Code()
        {
            PageWriter writer = _writer;
            writer.Put("<svg viewBox=\"0 0 33 33\" role=\"img\" aria-label=\"QR code\" shape-rendering=\"crispEdges\">"
                + "<path stroke=\"#000\" d=\"");
            for (int y = 0; y < QrCode.Size; y++)
            {
                writer.Put("M4 ");
                writer.Put(y + 4);
                writer.Put(".5");
                int x = 0;
                while (x < QrCode.Size)
                {
                    bool isDark = _code.IsDark(x, y);
                    int start = x;
                    while (x < QrCode.Size && _code.IsDark(x, y) == isDark)
                    {
                        x++;
                    }

                    writer.Put(isDark ? "h" : "m");
                    writer.Put(x - start);
                    writer.Put(isDark ? "" : " 0");
                }
            }

            writer.Put("\"/></svg>");
        }
    }
}
