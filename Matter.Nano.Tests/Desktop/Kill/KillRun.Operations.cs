using System;
using System.Linq;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Scenario;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Desktop.Kill
{
    // What is done to the device, how it consists of writes, and what the next start may find.
    internal sealed partial class KillRun
    {
        private const uint AccessControl = 0x1F;
        private const ulong OtherSubject = 0x77;
        private const long AreaMask = 0x7FFFL << 48;
        private const double CommissioningMs = 400;
        private const int ClusterSaveMs = ClusterStore.IntervalMs + 2500;

        private static readonly string[] Names = { "commissioning", "RemoveFabric by another", "RemoveFabric of oneself", "UpdateNOC", "ACL write", "label", "group counter", "attributes", "factory reset" };

        // How often each comes in a hundred.
        private static readonly int[] Weights = { 25, 12, 12, 15, 10, 9, 9, 2, 6 };

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
            client.Writer.StartStructure(TlvTag.Anonymous);
            client.Writer.PutUnsigned(1, 5);
            client.Writer.PutUnsigned(2, 2);
            client.Writer.StartArray(3);
            client.Writer.PutUnsigned(TlvTag.Anonymous, _first.Credentials.NodeId);
            if (subjects > 1)
                client.Writer.PutUnsigned(TlvTag.Anonymous, OtherSubject);
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
