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
    internal sealed class KillRun : IDisposable
    {
        private const ulong FirstFabric = 0xFAB1;
        private const ulong SecondFabric = 0xFAB2;
        private const ulong FirstNode = 0x1000;
        private const ulong SecondNode = 0x2000;
        private const uint BasicInformation = 0x28;
        private const uint OperationalCredentials = 0x3E;
        private const uint AccessControl = 0x1F;
        private const uint OnOff = 0x06;
        private const uint Toggle = 0x02;
        private const ulong OtherSubject = 0x77;
        private const long AreaMask = 0x7FFFL << 48;
        private const double CommissioningMs = 400;
        private const int ClusterSaveMs = ClusterStore.IntervalMs + 2500;

        private static readonly string[] Names = { "commissioning", "RemoveFabric by another", "RemoveFabric of oneself", "UpdateNOC", "ACL write", "label", "group counter", "attributes", "factory reset" };

        // How often each comes in a hundred.
        private static readonly int[] Weights = { 25, 12, 12, 15, 10, 9, 9, 2, 6 };

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

        private int Choose()
        {
            int dice = _random.Next(Weights.Sum());
            int kind = 0;
            while ((dice -= Weights[kind]) >= 0)
                kind++;
            return kind;
        }

        private void Kill(int kind)
        {
            if (kind == 0)
                Assert.AreEqual(0, _second.RemoveFabric((int)_second.Read(0, OperationalCredentials, 5)));
            // What was written before has been reported, and doesn't count for the operation.
            _device.Ask(KilledDevice.State, "s");
            _device.Begin(Plan(kind));
            bool isDone = false;
            try
            {
                Operate(kind);
                isDone = !_device.IsKilled;
            }
            catch (NoAnswerException) when (_device.IsKilled)
            {
                // That is what it was killed for.
            }
            _device.Kill();
            _device.WaitForEnd();
            if (!Kills.TryGetValue(Names[kind], out int[] counts))
                Kills[Names[kind]] = counts = new int[2];
            counts[0]++;
            if (_device.Begun > 0 && !_device.HasCommitEnded)
                counts[1]++;
            Expect(kind, isDone);
            _lastKind = Names[kind] + ", " + _device.Begun + " begun, " + (_device.HasCommitEnded ? "ended" : _device.HasCommitBegun ? "not ended" : "not decided");
        }

        private KillPlan Plan(int kind)
        {
            bool isLong = kind == 0 || kind == 3;
            bool isTimed = _random.Next(5) == 0;
            int writes = kind == 0 || kind == 7 ? 2 : 1;
            int atWrite = isTimed ? 0 : 1 + _random.Next(writes);
            double longest = isTimed ? (isLong ? 1.5 * CommissioningMs : kind == 7 ? ClusterSaveMs : 40) : kind == 0 && atWrite == 1 ? CommissioningMs : 3;
            return new KillPlan
            {
                IsPart = key => IsPart(kind, key),
                IsCommit = key => IsCommit(kind, key),
                AtWrite = atWrite,
                DelayMs = _random.NextDouble() * longest,
            };
        }

        private static bool IsPart(int kind, long key)
        {
            long area = key & AreaMask;
            return kind == 0 ? area == StoreKey.LastFabricIndex : kind == 7 && key == StoreKey.Cluster + (1L << 32) + OnOff;
        }

        /// <summary>The write that makes it so, for whatever else is written.</summary>
        private static bool IsCommit(int kind, long key)
        {
            switch (kind)
            {
                case 6:
                    return key == StoreKey.GroupDataCounter;
                case 7:
                    return key == StoreKey.Cluster + BasicInformation;
                case 8:
                    return key == ReportingStore.All;
                default:
                    return key != ReportingStore.All && (key & AreaMask) == StoreKey.Fabric;
            }
        }

        private void Operate(int kind)
        {
            switch (kind)
            {
                case 0:
                    Commission(_second, SecondNode, Names[kind]);
                    break;
                case 1:
                    _first.RemoveFabric(_second.FabricIndex);
                    break;
                case 2:
                    _second.RemoveFabric(_second.FabricIndex);
                    break;
                case 3:
                    Assert.AreEqual(CommissioningError.Ok, _first.ArmFailSafe(60));
                    Assert.AreEqual(NodeOperationalCertStatus.Ok, _first.UpdateNoc(_first.RequestCsr(true), OtherNode));
                    _first.Case(OtherNode);
                    Assert.AreEqual(CommissioningError.Ok, _first.Complete());
                    break;
                case 4:
                    WriteAcl(OtherSubjects);
                    break;
                case 5:
                    _first.BeginInvoke(0, OperationalCredentials, 0x09);
                    _first.Client.Writer.PutString(0, new byte[] { (byte)'L' }, 0, OtherLabelLength);
                    _first.EndInvoke(0x08);
                    break;
                case 6:
                    // A restart or a thousand messages are what takes a new block.
                    while (!_device.IsKilled && !_device.HasCommitEnded)
                        SendToGroupUnlessKilled();
                    break;
                case 7:
                    WriteName(OtherNameLength);
                    _first.Invoke(1, OnOff, Toggle);
                    _firstLine.Wait(ClusterSaveMs);
                    break;
                default:
                    _device.Ask("factory-reset", "{\"event\":\"factory-reset");
                    break;
            }
        }

        private ulong OtherNode { get { return _firstNode == FirstNode ? FirstNode + 1 : FirstNode; } }

        private int OtherSubjects { get { return _subjects[0] == 1 ? 2 : 1; } }

        private int OtherLabelLength { get { return 1 - _labelLengths[0]; } }

        private int OtherNameLength { get { return 1 - _nameLengths[0]; } }

        private void SendToGroupUnlessKilled()
        {
            long before = _lastCounter;
            string answer = _device.Ask(KilledDevice.Group, "g");
            Take(answer);
            // "g" alone: the device has not yet sent those before.
            Assert.IsTrue(answer == null || answer.Length == 1 || _lastCounter > before, "group counter");
        }

        private void WriteAcl(int subjects)
        {
            InteractionClient client = _first.Client;
            client.Clear();
            client.BeginWrite(false, false);
            client.BeginItem(0, AccessControl, 0, false, -1);
            client.Writer.StartArray(2);
            client.Writer.StartStructure(Matter.Nano.Tlv.TlvTag.Anonymous);
            client.Writer.PutUnsigned(1, 5);
            client.Writer.PutUnsigned(2, 2);
            client.Writer.StartArray(3);
            client.Writer.PutUnsigned(Matter.Nano.Tlv.TlvTag.Anonymous, _first.Credentials.NodeId);
            if (subjects > 1)
                client.Writer.PutUnsigned(Matter.Nano.Tlv.TlvTag.Anonymous, OtherSubject);
            client.Writer.EndContainer();
            client.Writer.PutNull(4);
            client.Writer.EndContainer();
            client.Writer.EndContainer();
            Write();
        }

        private void WriteName(int length)
        {
            InteractionClient client = _first.Client;
            client.Clear();
            client.BeginWrite(false, false);
            client.BeginItem(0, BasicInformation, 5, false, -1);
            client.Writer.PutString(2, new byte[] { (byte)'N' }, 0, length);
            Write();
        }

        private void Write()
        {
            InteractionClient client = _first.Client;
            client.EndItem();
            client.EndWrite(false);
            client.Send(_first.Session, _first.Now);
            _first.Await(InteractionOpcode.WriteResponse);
        }

        /// <summary>What the next start may find: by what the device said of the deciding write, and by whether it has answered.</summary>
        private void Expect(int kind, bool isDone)
        {
            bool isNew = _device.HasCommitEnded || (isDone && kind != 7);   // attributes are answered first and written later
            bool isOld = !_device.HasCommitBegun;
            Assert.IsFalse(isNew && isOld, Names[kind] + " was answered and not written");
            Old += isOld ? 1 : 0;
            New += isNew ? 1 : 0;
            switch (kind)
            {
                case 0:
                    _isSecondOn = Choices(false, true, isOld, isNew);
                    break;
                case 1:
                case 2:
                    _isSecondOn = Choices(true, false, isOld, isNew);
                    break;
                case 3:
                    _firstNodes = Choices(_firstNode, OtherNode, isOld, isNew);
                    break;
                case 4:
                    _subjects = Choices(_subjects[0], OtherSubjects, isOld, isNew);
                    break;
                case 5:
                    _labelLengths = Choices(_labelLengths[0], OtherLabelLength, isOld, isNew);
                    break;
                case 7:
                    _nameLengths = Choices(_nameLengths[0], OtherNameLength, isOld, isNew);
                    break;
                case 8:
                    _isFirstOn = _isSecondOn = Choices(true, false, isOld, isNew);
                    _areTogether = true;
                    if (!isOld)
                    {
                        // As new: what counted before means nothing any more.
                        _lastCounter = -1;
                        _lastEvent = 0;
                    }
                    break;
            }
        }

        private static T[] Choices<T>(T old, T next, bool isOld, bool isNew)
        {
            return isOld ? new[] { old } : isNew ? new[] { next } : new[] { old, next };
        }
    }
}
