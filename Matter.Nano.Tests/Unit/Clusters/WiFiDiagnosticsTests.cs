using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Wi-Fi Network Diagnostics.</summary>
    [TestClass]
    public class WiFiDiagnosticsTests
    {
        [TestMethod]
        public void Attributes_TellOfTheConnection()
        {
            WiFiScene scene = new WiFiScene(false);
            Assert.AreEqual(6, scene.Node.Read(scene.Diagnostics, 0).GetBytes(6, 6));
            Assert.AreEqual(4, scene.Node.ReadNumber(scene.Diagnostics, 1));
            Assert.AreEqual(3, scene.Node.ReadNumber(scene.Diagnostics, 2));
            Assert.AreEqual(11, scene.Node.ReadNumber(scene.Diagnostics, 3));
            Assert.AreEqual(-61L, scene.Node.Read(scene.Diagnostics, 4).GetSigned(-120, 0));
            uint version = scene.Diagnostics.DataVersion;
            scene.Diagnostics.LinkChanged();
            Assert.IsTrue(version != scene.Diagnostics.DataVersion);
            scene.Driver.HasLink = false;
            for (uint attribute = 0; attribute <= 4; attribute++) Assert.IsTrue(scene.Node.IsNull(scene.Diagnostics, attribute));
        }

        [TestMethod]
        public void ConnectionStatus_IsToldWhenItChanges()
        {
            WiFiScene scene = new WiFiScene(false);
            scene.Diagnostics.LinkChanged();
            Assert.AreEqual("", EventsOf(scene));
            TestWiFi.Set(scene.Driver.Connected, "home", "password");
            scene.Diagnostics.LinkChanged();
            scene.Diagnostics.LinkChanged();
            scene.Driver.Connected.Clear();
            scene.Diagnostics.LinkChanged();
            Assert.AreEqual("2(0) 2(1) ", EventsOf(scene));
        }

        [TestMethod]
        [DataRow(NetworkingStatus.AuthFailure, "1(2,1) ")]
        [DataRow(NetworkingStatus.NetworkNotFound, "1(3,1) ")]
        [DataRow(NetworkingStatus.UnsupportedSecurity, "1(1,1) ")]
        [DataRow(NetworkingStatus.OtherConnectionFailure, "1(0,1) ")]
        [DataRow(NetworkingStatus.IpBindFailed, "")]
        [DataRow(NetworkingStatus.Success, "")]
        public void AssociationFailure_TellsTheCause(int status, string events)
        {
            WiFiScene scene = new WiFiScene(true);
            scene.Add("home", "password");
            scene.Driver.EndStatus = status;
            Assert.AreEqual(status, scene.Name(WiFiScene.Connect, "home"));
            Assert.AreEqual(events, EventsOf(scene));

            // Where the station isn't asked, it doesn't fail, nor does a scan.
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Connect, "other"));
            scene.Driver.EndStatus = NetworkingStatus.UnknownError;
            scene.Node.Fields();
            Assert.AreEqual(NetworkingStatus.UnknownError, scene.Finish(WiFiScene.Scan));
            Assert.AreEqual(events, EventsOf(scene));
        }

        [TestMethod]
        public void ConnectionGivenUp_IsNoAssociationFailure()
        {
            WiFiScene scene = new WiFiScene(true);
            scene.Add("home", "password");
            scene.Driver.Steps = int.MaxValue;
            scene.Node.Fields().PutBytes(0, TestWiFi.Bytes("home"), 0, 4);
            byte[] request = scene.Node.TakeFields();
            TlvReader reader = new TlvReader();
            reader.Reset(request, 0, request.Length);
            reader.Next();
            TlvWriter answer = new TlvWriter();
            answer.Reset(new byte[100], 0, 100);
            Assert.AreEqual(ImStatus.Pending, scene.Cluster.Invoke(WiFiScene.Connect, reader, answer, scene.Node.Context));
            Assert.AreEqual(ImStatus.Pending, scene.Cluster.Continue(answer, scene.Node.Context));
            scene.Node.Node.FailSafe.Expire(0);
            Assert.AreEqual(ImStatus.Success, scene.Cluster.Continue(answer, scene.Node.Context));
            Assert.AreEqual("", EventsOf(scene));
        }

        // Id and fields of each: "1(2,1) ".
        private static string EventsOf(WiFiScene scene)
        {
            string text = "";
            TlvReader reader = new TlvReader();
            EventLog log = scene.Node.Model.Events;
            for (int at = 0; at < log.Length; at += log.GetLength(at))
            {
                reader.Reset(log.Buffer, at + EventLog.HeaderLength, log.GetLength(at) - EventLog.HeaderLength);
                reader.Next();
                reader.Enter();
                string fields = "";
                while (reader.Next()) fields += (fields == "" ? "" : ",") + reader.GetUnsigned(0xFFFF).ToString();
                Assert.AreEqual(0, reader.Error);
                text += log.GetEvent(at).ToString() + "(" + fields + ") ";
            }

            return text;
        }
    }
}
