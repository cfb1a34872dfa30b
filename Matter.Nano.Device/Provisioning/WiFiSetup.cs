namespace Matter.Nano.Device.Provisioning
{
    /// <summary>
    /// Does what the set-up page is told: looks for networks, joins the one chosen and stores it; tells the page if that fails.
    /// </summary>
    public sealed class WiFiSetup
    {
        // Time for a last page to reach the browser before the radio changes channels.
        private const int ConfirmMs = 1000;

        private const int StepMs = 20;

        private const int Idle = 0;
        private const int Scanning = 1;
        private const int Waiting = 2;
        private const int Connecting = 3;
        private const int Finished = 4;

        private readonly IWiFiDriver _driver;
        private readonly ProvisioningPage _page;
        private readonly WiFiScanResult _result = new WiFiScanResult();
        private int _state;
        private long _deadline;

        /// <summary>Begins with a scan.</summary>
        /// <param name="driver">The station, which works beside the access point.</param>
        /// <param name="page">The page.</param>
        public WiFiSetup(IWiFiDriver driver, ProvisioningPage page)
        {
            _driver = driver;
            _page = page;
            page.WantsScan = true;
        }

        /// <summary>True once a network is joined and stored.</summary>
        public bool IsFinished { get { return _state == Finished; } }

        /// <summary>Goes on.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest.</returns>
        public long Poll(long now)
        {
            switch (_state)
            {
                case Idle:
                    if (_page.IsConfirmed)
                    {
                        _state = Waiting;
                        _deadline = now + ConfirmMs;
                    }
                    else if (_page.WantsScan)
                    {
                        _state = Scanning;
                        _deadline = now + (_driver.ScanMaxSeconds * 1000);
                        int status = _driver.BeginScan(now);
                        EndScan(status == NetworkingStatus.Success ? NetworkingStatus.Running : status, now);
                    }

                    break;
                case Scanning:
                    EndScan(_driver.PollScan(now), now);
                    break;
                case Waiting:
                    if (now >= _deadline)
                    {
                        WiFiNetwork chosen = _page.Chosen;
                        _state = Connecting;
                        _deadline = now + (_driver.ConnectMaxSeconds * 1000);
                        int begun = _driver.BeginConnect(chosen.Ssid, chosen.SsidLength, chosen.Credentials, chosen.CredentialsLength, now);
                        EndConnect(begun == NetworkingStatus.Success ? NetworkingStatus.Running : begun, now);
                    }

                    break;
                case Connecting:
                    EndConnect(_driver.PollConnect(now), now);
                    break;
            }

            return now + StepMs;
        }

        private void EndScan(int status, long now)
        {
            if (status == NetworkingStatus.Running && now < _deadline)
            {
                return;
            }

            _state = Idle;
            _page.WantsScan = false;
            if (status == NetworkingStatus.Success)
            {
                _page.Networks.Clear();
                for (int i = 0; i < _driver.ScanResultCount; i++)
                {
                    _driver.GetScanResult(i, _result);
                    _page.Networks.Add(_result);
                }
            }
        }

        private void EndConnect(int status, long now)
        {
            if (status == NetworkingStatus.Running && now < _deadline)
            {
                return;
            }

            WiFiNetwork chosen = _page.Chosen;
            if (status == NetworkingStatus.Success
                && _driver.Store(chosen.Ssid, chosen.SsidLength, chosen.Credentials, chosen.CredentialsLength) == 0)
            {
                _state = Finished;
                chosen.Clear();
                return;
            }

            _state = Idle;
            _driver.BeginStored(now);
            _page.Refuse(status == NetworkingStatus.Running || status == NetworkingStatus.Success ? NetworkingStatus.OtherConnectionFailure : status);
        }
    }
}
