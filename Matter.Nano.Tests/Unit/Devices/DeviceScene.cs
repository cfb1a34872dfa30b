using Matter.Nano.Clusters;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tests.Clusters;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Devices
{
    /// <summary>A node's clusters without a network, with an event log: devices are added to it.</summary>
    internal sealed class DeviceScene
    {
        public readonly ClusterScene Node = new ClusterScene();
        public readonly EventLog Log = new EventLog(new PowerCutStore(), new UtcClock());

        private readonly TlvReader _reader = new TlvReader();
        private int _seen;

        public DeviceScene()
        {
            Node.Model.Events = Log;
            Model.Find(ClusterScene.LightEndpoint).Add(new ScenesManagementCluster(Node.OnOff));
        }

        public DataModel Model { get { return Node.Model; } }

        public DescriptorCluster DescriptorOf(int endpointId)
        {
            return (DescriptorCluster)Model.Find(endpointId).Find(DescriptorCluster.ClusterId);
        }

        /// <summary>The endpoints in a PartsList as text: "1 2 ".</summary>
        public string PartsOf(int endpointId)
        {
            string text = "";
            TlvReader reader = Node.Read(DescriptorOf(endpointId), 3);
            reader.Enter();
            while (reader.Next()) text += reader.GetUnsigned(0xFFFF).ToString() + " ";
            Assert.AreEqual(0, reader.Error);
            return text;
        }

        /// <summary>The events since the last call as text: id and fields of each, "1(1) 6(1,2) ".</summary>
        public string TakeEvents()
        {
            string text = "";
            for (int at = _seen; at < Log.Length; at += Log.GetLength(at))
            {
                text += Log.GetEvent(at).ToString() + "(";
                _reader.Reset(Log.Buffer, at + EventLog.HeaderLength, Log.GetLength(at) - EventLog.HeaderLength);
                _reader.Next();
                _reader.Enter();
                for (int i = 0; _reader.Next(); i++)
                {
                    Assert.AreEqual(i, _reader.Tag);
                    string value = _reader.Type == TlvType.Boolean ? (_reader.GetBoolean() ? "true" : "false") : _reader.GetUnsigned(0xFF).ToString();
                    text += i == 0 ? value : "," + value;
                }

                Assert.AreEqual(0, _reader.Error);
                text += ") ";
            }

            _seen = Log.Length;
            return text;
        }
    }
}
