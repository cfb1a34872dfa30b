using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop.Kill
{
    /// <summary>
    /// One device's life of operations and deaths: it is killed in each operation, started again, compared with what it may be
    /// then, and commissioned anew. Two administrators: the first one's fabric stays if it can, the second's comes and goes.
    /// </summary>
    internal sealed partial class KillRun : IDisposable
    {
        private const ulong FirstFabric = 0xFAB1;
        private const ulong SecondFabric = 0xFAB2;
        private const ulong FirstNode = 0x1000;
        private const ulong SecondNode = 0x2000;
        private const uint BasicInformation = 0x28;
        private const uint OperationalCredentials = 0x3E;
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;

        private readonly Random _random;
        private readonly TemporaryDirectory _directory = new TemporaryDirectory();
        private readonly UdpLine _firstLine = new UdpLine();
        private readonly UdpLine _secondLine = new UdpLine();
        private readonly Commissioner _first;
        private readonly Commissioner _second;
        private DeviceProcess _device;

        // What the device must be after its next start: each of these may be so, or so.
        private bool[] _isFirstOn = { false };
        private bool[] _isSecondOn = { false };
        private bool _areTogether;
        private ulong[] _firstNodes = { FirstNode };
        private int[] _subjects = { 1 };
        private int[] _labelLengths = { 0 };
        private int[] _nameLengths = { 0 };
        private ulong _firstNode = FirstNode;
        private string _lastKind = "nothing";
        private long _lastCounter = -1;
        private ulong _lastEvent;

        public KillRun(int seed)
        {
            _random = new Random(seed);
            _first = new Commissioner((uint)seed * 2 + 1, FirstFabric, UdpLine.Address, _firstLine.Wait) { Resumes = true };
            _second = new Commissioner((uint)seed * 2 + 2, SecondFabric, UdpLine.Address, _secondLine.Wait) { Resumes = true };
            _firstLine.End = _first;
            _secondLine.End = _second;
        }

        /// <summary>Kills by operation, and how many of them came between its first and its last write.</summary>
        public SortedDictionary<string, int[]> Kills { get; } = new SortedDictionary<string, int[]>();

        /// <summary>Restarts that found the state before the operation, and the one after.</summary>
        public int Old { get; private set; }

        public int New { get; private set; }

        /// <summary>Group counters and event numbers compared with those before a restart.</summary>
        public int Counters { get; private set; }

        public int EventNumbers { get; private set; }

        /// <summary>Operates and kills so many times; each is followed by a start, the last one too.</summary>
        public void Run(int kills)
        {
            for (int i = 0; i < kills; i++)
            {
                Restart(i);
                Kill(Choose());
            }
            Restart(kills);
        }

        public void Dispose()
        {
            if (_device != null)
            {
                _device.Kill();
                _device.WaitForEnd();
                _device.Dispose();
            }
            _firstLine.Dispose();
            _secondLine.Dispose();
            _directory.Dispose();
        }

        private void Restart(int number)
        {
            try
            {
                Start(number + ", after " + _lastKind + ": ");
            }
            catch (NoAnswerException e)
            {
                throw new InvalidOperationException(number + ", after " + _lastKind + ": " + _second.Step + "; " + _device.Describe(), e);
            }
        }

        /// <summary>Starts the device, looks at it from outside and inside, and leaves it commissioned by both.</summary>
        private void Start(string run)
        {
            _device?.Dispose();
            _device = null; // if the next one doesn't start, there is none to end
            _device = new DeviceProcess(_directory.Path);
            _first.HangUp();
            _second.HangUp();
            _firstLine.Connect(_device);
            _secondLine.Connect(_device);
            string[] fabrics = _device.Ask(KilledDevice.State, "s").Split(' ').Skip(1).ToArray();
            run += string.Join(' ', fabrics);

            // A resumption is to an identity whatever its node id: to tell two apart takes the full handshake.
            _first.Resumes = _firstNodes.Length == 1;
            bool isFirstOn = false;
            foreach (ulong node in _firstNodes)
            {
                if (!Answers(_first, node, run))
                    continue;
                Assert.IsFalse(isFirstOn, "two identities at once: " + run);
                isFirstOn = true;
                _firstNode = node;
            }
            bool isSecondOn = Answers(_second, SecondNode, run);
            Assert.IsTrue(_isFirstOn.Contains(isFirstOn), "first fabric is " + isFirstOn + ": " + run);
            Assert.IsTrue(_isSecondOn.Contains(isSecondOn), "second fabric is " + isSecondOn + ": " + run);
            Assert.IsTrue(!_areTogether || isFirstOn == isSecondOn, "half a factory reset: " + run);
            Assert.AreEqual((isFirstOn ? 1 : 0) + (isSecondOn ? 1 : 0), fabrics.Length, run);
            if (isFirstOn)
            {
                Check(fabrics, FirstFabric, _firstNode, _subjects, _labelLengths, run);
                CheckName(run);
            }
            if (isSecondOn)
                Check(fabrics, SecondFabric, SecondNode, new[] { 1 }, new[] { 0 }, run);
            CheckNumbers(run);

            // The commissioning that follows.
            if (isSecondOn)
                Assert.AreEqual(0, _second.RemoveFabric((int)_second.Read(0, OperationalCredentials, 5)), run);
            Commission(_second, SecondNode, run);
            if (!isFirstOn)
            {
                _firstNode = FirstNode;
                _labelLengths = new[] { 0 };
                _subjects = new[] { 1 };
                _nameLengths = new[] { 0 };
                Commission(_first, FirstNode, run);
            }
            _isFirstOn = _isSecondOn = new[] { true };
            _areTogether = false;
            _firstNodes = new[] { _firstNode };
            SendToGroup();
        }

        /// <summary>Whether the device is on an administrator's fabric, and then in full: it talks, obeys and shows itself.</summary>
        private static bool Answers(Commissioner administrator, ulong node, string run)
        {
            int result = administrator.TryCase(node);
            Assert.AreNotEqual(MatterError.NotFound, result, "no answer: " + run);
            if (result != 0)
                return false;
            Assert.AreEqual(ImStatus.Success, administrator.Invoke(1, OnOff, Toggle), run);
            Assert.IsTrue(administrator.Read(0, OperationalCredentials, 5) > 0, run);
            return true;
        }

        private void Check(string[] fabrics, ulong fabricId, ulong node, int[] subjects, int[] labelLengths, string run)
        {
            string text = fabrics.Single(fabric => fabric.StartsWith(fabricId + ":", StringComparison.Ordinal));
            ulong[] parts = text.Split(':').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            Assert.AreEqual(node, parts[1], run);
            Assert.IsTrue(labelLengths.Contains((int)parts[2]), "label: " + run);
            Assert.AreEqual(1ul, parts[3], "ACL: " + run);
            Assert.IsTrue(subjects.Contains((int)parts[4]), "subjects: " + run);
            Assert.AreEqual(1ul, parts[5], "identity protection key: " + run);
            if (fabricId == FirstFabric)
            {
                _labelLengths = new[] { (int)parts[2] };
                _subjects = new[] { (int)parts[4] };
            }
        }

        private void CheckName(string run)
        {
            _first.Client.Clear();
            _first.Client.Read(_first.Session, new long[] { 0, BasicInformation, 5 }, true, _first.Now);
            _first.Await(InteractionOpcode.ReportData);
            ReportReader reader = _first.Client.Reports();
            Assert.IsTrue(reader.Next(0, BasicInformation, 5), run);
            int length = reader.Value.GetString(0, 32);
            Assert.IsTrue(_nameLengths.Contains(length), "NodeLabel of " + length + ": " + run);
            _nameLengths = new[] { length };
        }

        /// <summary>No number comes back.</summary>
        private void CheckNumbers(string run)
        {
            ulong end = AskForEvents();
            if (end > 0)
            {
                Assert.IsTrue(end > _lastEvent, "event number " + end + " after " + _lastEvent + ": " + run);
                _lastEvent = end;
                EventNumbers++;
            }
            long before = _lastCounter;
            string answer = _device.Ask(KilledDevice.Group, "g");
            if (answer.Length == 1)
                return;
            Take(answer);
            Counters += before >= 0 ? 1 : 0;
            Assert.IsTrue(_lastCounter > before, "group counter " + _lastCounter + " after " + before + ": " + run);
        }

        private void SendToGroup()
        {
            long before = _lastCounter;
            Take(_device.Ask(KilledDevice.Group, "g"));
            Assert.IsTrue(_lastCounter > before, "group counter");
            ulong end = AskForEvents();
            Assert.IsTrue(end >= _lastEvent, "event number");
            _lastEvent = end;
        }

        private ulong AskForEvents()
        {
            return ulong.Parse(_device.Ask(KilledDevice.Events, "e").AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        private void Take(string answer)
        {
            if (answer != null && answer.Length > 1)
                _lastCounter = long.Parse(answer.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        private void Commission(Commissioner administrator, ulong node, string run)
        {
            Assert.IsNotNull(_device.Ask("button", "{\"event\":\"window-open"), run);
            administrator.Commission(VirtualLight.Passcode, node);
        }
    }
}
