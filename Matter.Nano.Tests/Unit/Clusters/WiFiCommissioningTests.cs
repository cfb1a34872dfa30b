using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tests.Fabrics;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Clusters
{
    /// <summary>Network Commissioning with the Wi-Fi feature.</summary>
    [TestClass]
    public class WiFiCommissioningTests
    {
        [TestMethod]
        public void FixedAttributes()
        {
            WiFiScene scene = new WiFiScene(false);
            Assert.AreEqual(1u, scene.Cluster.Features);
            Assert.AreEqual(1, scene.Node.ReadNumber(scene.Cluster, 0));
            Assert.AreEqual(0, scene.Count);
            Assert.AreEqual(10, scene.Node.ReadNumber(scene.Cluster, 2));
            Assert.AreEqual(30, scene.Node.ReadNumber(scene.Cluster, 3));
            Assert.IsTrue(scene.Node.Read(scene.Cluster, 4).GetBoolean());
            for (uint attribute = 5; attribute <= 7; attribute++) Assert.IsTrue(scene.Node.IsNull(scene.Cluster, attribute));
            Assert.AreEqual(2, scene.Node.Count(scene.Cluster, 8));
            Assert.AreEqual(WiFiBand.Band5G, (int)scene.Node.Item(scene.Cluster, 8, 1, -1).GetUnsigned(255));
            scene.Node.Value().PutBoolean(TlvTag.Anonymous, true);
            Assert.AreEqual(ImStatus.Success, scene.Node.Write(scene.Cluster, 4));
            scene.Node.Value().PutBoolean(TlvTag.Anonymous, false);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Node.Write(scene.Cluster, 4));
            Assert.AreEqual(ImStatus.InvalidDataType, scene.Node.WriteNumber(scene.Cluster, 4, 1));
        }

        [TestMethod]
        public void Scan_ListsWhatIsInReach()
        {
            WiFiScene scene = new WiFiScene(false);
            scene.Driver.InReach = new byte[][] { TestWiFi.Bytes("home"), new byte[] { 0xFF, 0, 1 }, new byte[0] };
            TlvWriter fields = scene.Node.Fields();
            fields.PutNull(0);
            fields.PutUnsigned(1, 5);
            Assert.AreEqual(NetworkingStatus.Success, scene.Finish(WiFiScene.Scan));
            TlvReader list = scene.Node.Answer(2);
            list.Enter();
            Assert.IsTrue(list.Next());
            list.Enter();
            Assert.IsTrue(list.Next());
            Assert.AreEqual((ulong)WiFiSecurity.Wpa2Personal, list.GetUnsigned(255));
            Assert.IsTrue(list.Next());
            Assert.AreEqual(4, list.GetBytes(0, 32));
            Assert.IsTrue(list.Next());
            Assert.AreEqual(6, list.GetBytes(6, 6));
            Assert.IsTrue(list.Next());
            Assert.AreEqual(6uL, list.GetUnsigned(0xFFFF));
            Assert.IsTrue(list.Next());
            Assert.AreEqual(0uL, list.GetUnsigned(255));
            Assert.IsTrue(list.Next());
            Assert.AreEqual(-40L, list.GetSigned(-128, 127));
            Assert.IsFalse(list.Next());
            list.Exit();
            Assert.IsTrue(list.Next());
            Assert.IsTrue(list.Next());
            Assert.IsFalse(list.Next());
            Assert.AreEqual(0, list.Error);
            Assert.AreEqual(5, scene.Breadcrumb);
            Assert.AreEqual(NetworkingStatus.Success, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            Assert.IsTrue(scene.Node.IsNull(scene.Cluster, WiFiScene.LastNetworkId));
        }

        [TestMethod]
        public void ScanForOneName()
        {
            WiFiScene scene = new WiFiScene(false);
            scene.Driver.InReach = new byte[][] { TestWiFi.Bytes("home"), TestWiFi.Bytes("homely"), TestWiFi.Bytes("home") };
            byte[] name = TestWiFi.Bytes("home");
            scene.Node.Fields().PutBytes(0, name, 0, 4);
            Assert.AreEqual(NetworkingStatus.Success, scene.Finish(WiFiScene.Scan));
            TlvReader list = scene.Node.Answer(2);
            list.Enter();
            Assert.IsTrue(list.Next());
            Assert.IsTrue(list.Next());
            Assert.IsFalse(list.Next());
            scene.Node.Fields().PutBytes(0, name, 0, 3);
            Assert.AreEqual(NetworkingStatus.NetworkNotFound, scene.Finish(WiFiScene.Scan));
            Assert.AreEqual(NetworkingStatus.NetworkNotFound, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            scene.Node.Fields().PutBytes(0, name, 0, 0);
            Assert.AreEqual(-ImStatus.ConstraintError, scene.Finish(WiFiScene.Scan));
            scene.Node.Fields().PutBytes(0, new byte[33], 0, 33);
            Assert.AreEqual(-ImStatus.ConstraintError, scene.Finish(WiFiScene.Scan));
        }

        [TestMethod]
        public void ScanOfManyNetworks_FillsOneMessage()
        {
            WiFiScene scene = new WiFiScene(false);
            scene.Driver.InReach = new byte[40][];
            for (int i = 0; i < 40; i++) scene.Driver.InReach[i] = new byte[32];
            Assert.AreEqual(NetworkingStatus.Success, Scan(scene));
            TlvReader list = scene.Node.Answer(2);
            list.Enter();
            int count = 0;
            while (list.Next()) count++;
            Assert.IsTrue(count >= 15 && count < 40, "rows");
            Assert.AreEqual(0, list.Error);
        }

        [TestMethod]
        public void Scan_Fails()
        {
            WiFiScene scene = new WiFiScene(false);
            scene.Driver.BeginStatus = NetworkingStatus.UnknownError;
            Assert.AreEqual(NetworkingStatus.UnknownError, Scan(scene));
            scene.Driver.BeginStatus = 0;
            scene.Driver.EndStatus = NetworkingStatus.RegulatoryError;
            scene.Node.Fields().PutUnsigned(1, 9);
            Assert.AreEqual(NetworkingStatus.RegulatoryError, scene.Finish(WiFiScene.Scan));
            Assert.AreEqual(0, scene.Breadcrumb, "set on success only");
            scene.Driver.Steps = int.MaxValue;
            scene.Node.Now = 0;
            Start(scene, WiFiScene.Scan, "");
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 0));
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 9999));
            Assert.AreEqual(ImStatus.Success, Continue(scene, 10000));
            Assert.AreEqual(NetworkingStatus.UnknownError, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
        }

        [TestMethod]
        public void WithoutFailSafe_NothingIsConfigured()
        {
            WiFiScene scene = new WiFiScene(false);
            Assert.AreEqual(-ImStatus.FailsafeRequired, scene.Add("home", "password"));
            Assert.AreEqual(-ImStatus.FailsafeRequired, scene.Name(WiFiScene.Remove, "home"));
            Assert.AreEqual(-ImStatus.FailsafeRequired, scene.Name(WiFiScene.Connect, "home"));
            Assert.AreEqual(-ImStatus.FailsafeRequired, scene.Name(WiFiScene.Reorder, "home"));
            scene.Node.AddFabric(1);
            scene.Node.Node.FailSafe.Arm(60, 0, 2, true, 0);
            Assert.AreEqual(-ImStatus.FailsafeRequired, scene.Add("home", "password"), "another fabric's");
            Assert.AreEqual(0, scene.Driver.Connects + scene.Driver.StoredConnects + scene.Driver.Stores);
            Assert.AreEqual(0, scene.Count);
        }

        [TestMethod]
        public void AddConnectComplete_StoresTheNetwork()
        {
            WiFiScene scene = new WiFiScene(true);
            uint version = scene.Cluster.DataVersion;
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("home", "password"));
            Assert.AreEqual(0, scene.Node.AnswerNumber(2));
            Assert.AreEqual(11, scene.Breadcrumb);
            Assert.IsTrue(version != scene.Cluster.DataVersion);
            scene.AssertNetwork("home", false);
            Assert.AreEqual(0, scene.Driver.Stored.SsidLength, "not before CommissioningComplete");
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Connect, "home"));
            Assert.AreEqual(TlvType.Null, scene.Node.Answer(2).Type);
            Assert.AreEqual(12, scene.Breadcrumb);
            Assert.AreEqual(1, scene.Driver.Connects);
            Assert.AreEqual(8, scene.Driver.Connected.CredentialsLength);
            scene.AssertNetwork("home", true);
            Assert.AreEqual(NetworkingStatus.Success, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            Assert.AreEqual(4, scene.Node.Read(scene.Cluster, WiFiScene.LastNetworkId).GetBytes(1, 32));
            Assert.IsTrue(scene.Node.IsNull(scene.Cluster, WiFiScene.LastConnectErrorValue));
            Assert.AreEqual(0, scene.Cluster.FailSafeCompleting(0));
            scene.Cluster.FailSafeCompleted(0);
            Assert.IsTrue(scene.Driver.Stored.IsNamed(TestWiFi.Bytes("home"), 0, 4));
            Assert.AreEqual(8, scene.Driver.Stored.CredentialsLength);
            scene.AssertNetwork("home", true);
            scene.Cluster.FailSafeExpired(0, 0);
            Assert.AreEqual(0, scene.Driver.StoredConnects, "nothing to go back to");
        }

        [TestMethod]
        public void CommissioningComplete_FailsWithTheDriversStore()
        {
            WiFiScene scene = new WiFiScene(true);
            scene.Add("home", "password");
            scene.Driver.StoreResult = MatterError.StorageFailed;
            Assert.AreEqual(MatterError.StorageFailed, scene.Cluster.FailSafeCompleting(0));
            scene.AssertNetwork("home", false);
            scene.Driver.StoreResult = 0;
            Assert.AreEqual(0, scene.Cluster.FailSafeCompleting(0));
            scene.Cluster.FailSafeCompleted(0);
            Assert.AreEqual(2, scene.Driver.Stores);
            Assert.AreEqual(0, scene.Cluster.FailSafeCompleting(0));
            scene.Cluster.FailSafeCompleted(0);
            Assert.AreEqual(2, scene.Driver.Stores, "stored once");
        }

        [TestMethod]
        public void NetworkAndFabric_AreStoredTogetherOrNotAtAll()
        {
            for (int cut = 0; cut < 5; cut++)
            {
                WiFiScene scene = NewConnected();
                FabricScene node = scene.Node.Node;
                Fabric fabric = node.Prepare(new TestAdministrator(node.Crypto, 7, false));
                scene.Node.Act(SessionType.Pase, fabric.Index);
                scene.Name(WiFiScene.Remove, "old");
                scene.Add("new", "password");
                node.Store.ChangesLeft = cut;
                int result = node.FailSafe.Complete(fabric.Index, true, 0);
                Assert.AreEqual(cut >= 2 ? 0 : MatterError.StorageFailed, result, "network, fabric");

                // The power goes. What is in the driver and in the store meets again at the next start.
                WiFiScene next = new WiFiScene(node.Store, scene.Driver);
                Assert.AreEqual(0, next.Cluster.Recover(0));
                Assert.AreEqual(cut >= 2 ? 1 : 0, next.Node.Node.Fabrics.Count, cut.ToString());
                Assert.IsTrue(scene.Driver.Stored.IsNamed(TestWiFi.Bytes(cut >= 2 ? "new" : "old"), 0, 3), cut.ToString());
                Assert.IsTrue(node.Store[StoreKey.PendingNetwork] == null, "the password doesn't stay: " + cut);
            }
        }

        [TestMethod]
        public void DriverThatCannotStore_GetsTheNetworkAtTheNextStart()
        {
            WiFiScene scene = NewConnected();
            FabricScene node = scene.Node.Node;
            Fabric fabric = node.Prepare(new TestAdministrator(node.Crypto, 7, false));
            scene.Node.Act(SessionType.Pase, fabric.Index);
            scene.Name(WiFiScene.Remove, "old");
            scene.Add("new", "password");
            scene.Driver.StoreResult = MatterError.StorageFailed;
            Assert.AreEqual(0, node.FailSafe.Complete(fabric.Index, true, 0));
            Assert.IsTrue(scene.Driver.Stored.IsNamed(TestWiFi.Bytes("old"), 0, 3));

            Assert.AreEqual(MatterError.StorageFailed, new WiFiScene(node.Store, scene.Driver).Cluster.Recover(0));
            scene.Driver.StoreResult = 0;
            int connects = scene.Driver.StoredConnects;
            Assert.AreEqual(0, new WiFiScene(node.Store, scene.Driver).Cluster.Recover(0));
            Assert.IsTrue(scene.Driver.Stored.IsNamed(TestWiFi.Bytes("new"), 0, 3));
            Assert.AreEqual(8, scene.Driver.Stored.CredentialsLength);
            Assert.AreEqual(connects + 1, scene.Driver.StoredConnects);
            Assert.AreEqual(0, new WiFiScene(node.Store, scene.Driver).Cluster.Recover(0));
            Assert.AreEqual(connects + 1, scene.Driver.StoredConnects, "once");
        }

        [TestMethod]
        public void FailedFabric_LeavesTheFormerNetwork()
        {
            WiFiScene scene = NewConnected();
            FabricScene node = scene.Node.Node;
            Fabric fabric = node.Prepare(new TestAdministrator(node.Crypto, 7, false));
            scene.Node.Act(SessionType.Pase, fabric.Index);
            scene.Name(WiFiScene.Remove, "old");
            scene.Add("new", "password");
            node.Store.ChangesLeft = 1;
            Assert.AreEqual(MatterError.StorageFailed, node.FailSafe.Complete(fabric.Index, true, 0));
            scene.AssertNetwork("new", false);
            node.Store.ChangesLeft = int.MaxValue;
            node.FailSafe.Expire(0);
            Assert.IsTrue(scene.Driver.Stored.IsNamed(TestWiFi.Bytes("old"), 0, 3));
            Assert.IsTrue(node.Store[StoreKey.PendingNetwork] == null);
            scene.AssertNetwork("old", true);
        }

        [TestMethod]
        public void Expiry_GoesBackToTheNetworkBefore()
        {
            WiFiScene scene = NewConnected();
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Remove, "old"));
            Assert.AreEqual(0, scene.Count);
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("new", "password"));
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Connect, "new"));
            scene.AssertNetwork("new", true);
            scene.Node.Node.FailSafe.Expire(0);
            Assert.AreEqual(1, scene.Driver.StoredConnects);
            scene.AssertNetwork("old", false);
            for (int i = 0; i < 3; i++) scene.Driver.PollConnect(0);
            scene.AssertNetwork("old", true);
            Assert.AreEqual(0, scene.Driver.Stores);
        }

        [TestMethod]
        public void StationThatConnectsByItself_IsALastResult()
        {
            WiFiScene scene = NewConnected();
            Assert.IsTrue(scene.Node.IsNull(scene.Cluster, WiFiScene.LastNetworkingStatus));
            scene.Cluster.LinkChanged();
            Assert.AreEqual(NetworkingStatus.Success, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            Assert.AreEqual(3, scene.Node.Read(scene.Cluster, WiFiScene.LastNetworkId).GetBytes(1, 32));
            Assert.IsTrue(scene.Node.IsNull(scene.Cluster, WiFiScene.LastConnectErrorValue));

            // Not in place of what a command ended with, nor where there is no network any more.
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Connect, "new"));
            scene.Cluster.LinkChanged();
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Remove, "old"));
            scene.Cluster.LinkChanged();
            Assert.IsTrue(scene.Node.IsNull(scene.Cluster, WiFiScene.LastNetworkingStatus));
        }

        [TestMethod]
        public void RemovedNetwork_LeavesNoLastResult()
        {
            WiFiScene scene = NewConnected();
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Connect, "old"));
            Assert.AreEqual(NetworkingStatus.Success, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            Assert.IsFalse(scene.Node.IsNull(scene.Cluster, WiFiScene.LastNetworkId));
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Remove, "old"));
            Assert.AreEqual(12, scene.Breadcrumb);
            for (uint attribute = WiFiScene.LastNetworkingStatus; attribute <= WiFiScene.LastConnectErrorValue; attribute++)
            {
                Assert.IsTrue(scene.Node.IsNull(scene.Cluster, attribute));
            }

            scene.Node.GeneralCommissioning.SetBreadcrumb(1);
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Connect, "old"));
            Assert.AreEqual(1, scene.Breadcrumb, "what fails leaves it");
            scene.Node.Node.FailSafe.Expire(0);
            scene.AssertNetwork("old", true);
        }

        [TestMethod]
        public void ExpiryWhileConnecting_GoesBackToo()
        {
            WiFiScene scene = NewConnected();
            scene.Name(WiFiScene.Remove, "old");
            scene.Add("new", "password");
            scene.Driver.Steps = int.MaxValue;
            Start(scene, WiFiScene.Connect, "new");
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 0));
            scene.Node.Node.FailSafe.Expire(0);
            Assert.AreEqual(1, scene.Driver.StoredConnects);
            Assert.AreEqual(ImStatus.Success, Continue(scene, 0));
            Assert.AreEqual(NetworkingStatus.OtherConnectionFailure, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
            scene.AssertNetwork("old", false);
        }

        [TestMethod]
        public void ExpiryWithoutAConnection_LeavesTheStationAlone()
        {
            WiFiScene scene = NewConnected();
            scene.Name(WiFiScene.Remove, "old");
            scene.Add("new", "password");
            scene.Node.Node.FailSafe.Expire(0);
            Assert.AreEqual(0, scene.Driver.StoredConnects);
            scene.AssertNetwork("old", true);
        }

        [TestMethod]
        public void ConnectFails_TellsWhyAndGoesBack()
        {
            WiFiScene scene = NewConnected();
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("old", "other password"));
            scene.Driver.EndStatus = NetworkingStatus.AuthFailure;
            ulong breadcrumb = (ulong)scene.Breadcrumb;
            Assert.AreEqual(NetworkingStatus.AuthFailure, scene.Name(WiFiScene.Connect, "old"));
            Assert.AreEqual(-7L, scene.Node.Answer(2).GetSigned(int.MinValue, int.MaxValue));
            Assert.AreEqual(-7L, scene.Node.Read(scene.Cluster, WiFiScene.LastConnectErrorValue).GetSigned(int.MinValue, int.MaxValue));
            Assert.AreEqual(breadcrumb, (ulong)scene.Breadcrumb);
            Assert.AreEqual(1, scene.Driver.StoredConnects);

            scene.Driver.BeginStatus = NetworkingStatus.UnsupportedSecurity;
            Assert.AreEqual(NetworkingStatus.UnsupportedSecurity, scene.Name(WiFiScene.Connect, "old"));
            scene.Driver.BeginStatus = 0;
            scene.Driver.Steps = int.MaxValue;
            Start(scene, WiFiScene.Connect, "old");
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 1000));
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 30999));
            Assert.AreEqual(ImStatus.Success, Continue(scene, 31000));
            Assert.AreEqual(NetworkingStatus.OtherConnectionFailure, scene.Node.ReadNumber(scene.Cluster, WiFiScene.LastNetworkingStatus));
        }

        [TestMethod]
        public void ConnectToWhatIsConnected_IsDone()
        {
            WiFiScene scene = NewConnected();
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Connect, "old"));
            Assert.AreEqual(0, scene.Driver.Connects + scene.Driver.StoredConnects);
            scene.Driver.Connected.Clear();
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Connect, "old"));
            Assert.AreEqual(1, scene.Driver.StoredConnects);
        }

        [TestMethod]
        public void UnknownNetwork()
        {
            WiFiScene scene = NewConnected();
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Connect, "ol"));
            Assert.AreEqual(0L, scene.Node.Answer(2).GetSigned(int.MinValue, int.MaxValue));
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Remove, "olds"));
            Assert.AreEqual(NetworkingStatus.NetworkIdNotFound, scene.Name(WiFiScene.Reorder, "oldest"));
            Assert.AreEqual(NetworkingStatus.BoundsExceeded, scene.Add("new", "password"));
            Assert.AreEqual(0, scene.Breadcrumb);
            scene.AssertNetwork("old", true);
            Assert.AreEqual(NetworkingStatus.Success, scene.Name(WiFiScene.Reorder, "old"));
            byte[] name = TestWiFi.Bytes("old");
            TlvWriter fields = scene.Node.Fields();
            fields.PutBytes(0, name, 0, 3);
            fields.PutUnsigned(1, 1);
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Finish(WiFiScene.Reorder));
        }

        [TestMethod]
        public void Credentials_AreChecked()
        {
            WiFiScene scene = new WiFiScene(true);
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Add("", "password"));
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Add("home", "1234567"));
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Add("home", "1234"));
            string sixtyFour = "0123456789abcdefABCDEF00000000000000000000000000000000000000000";
            Assert.AreEqual(63, sixtyFour.Length);
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Add("home", sixtyFour + "g"));
            Assert.AreEqual(-ImStatus.ConstraintError, scene.Add("home", sixtyFour + "00"));
            Assert.AreEqual(-ImStatus.ConstraintError, scene.Add("123456789012345678901234567890123", "password"));
            byte[] withNul = new byte[] { 65, 65, 65, 0, 65, 65, 65, 65 };
            TlvWriter fields = scene.Node.Fields();
            fields.PutBytes(0, withNul, 0, 2);
            fields.PutBytes(1, withNul, 0, 8);
            Assert.AreEqual(NetworkingStatus.OutOfRange, scene.Finish(WiFiScene.AddOrUpdate));
            Assert.AreEqual(0, scene.Count);
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("home", ""));
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("home", "12345"));
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("home", sixtyFour));
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("home", sixtyFour + "0"));
        }

        [TestMethod]
        public void Credentials_AreNeverShown()
        {
            WiFiScene scene = new WiFiScene(true);
            scene.Add("home", "secretsecret");
            uint sum = scene.Node.Sum(scene.Cluster);
            scene.Add("home", "anothersecret");
            Assert.AreEqual(sum, scene.Node.Sum(scene.Cluster), "neither read nor stored by the node");
        }

        [TestMethod]
        public void OneOperationAtATime()
        {
            WiFiScene scene = NewConnected();
            scene.Add("old", "password");
            scene.Driver.Steps = 4;
            Start(scene, WiFiScene.Connect, "old");
            Assert.AreEqual(-ImStatus.Busy, Scan(scene));

            // Never begun: the command became no pending one.
            scene.Cluster.Cancel();
            Assert.AreEqual(0, scene.Driver.Connects);
            Assert.AreEqual(NetworkingStatus.Success, Scan(scene));

            // Begun: it goes on although its session is gone.
            Start(scene, WiFiScene.Connect, "old");
            Assert.AreEqual(ImStatus.Pending, Continue(scene, 5));
            scene.Cluster.Cancel();
            Assert.AreEqual(-ImStatus.Busy, scene.Add("old", "password"));
            scene.Node.Run(scene.Cluster, 1000);
            scene.AssertNetwork("old", true);
            Assert.AreEqual(long.MaxValue, scene.Cluster.Poll(1000));
            Assert.AreEqual(NetworkingStatus.Success, scene.Add("old", "password"));
        }

        [TestMethod]
        public void DamagedFields()
        {
            WiFiScene scene = NewConnected();
            byte[] name = TestWiFi.Bytes("old");
            for (uint command = WiFiScene.Scan; command <= WiFiScene.Reorder; command += 2)
            {
                TlvWriter fields = scene.Node.Fields();
                fields.PutBytes(0, name, 0, 3);
                if (command == WiFiScene.AddOrUpdate) fields.PutBytes(1, new byte[] { 65, 66, 67, 68, 69, 70, 71, 72 }, 0, 8);
                if (command == WiFiScene.Reorder) fields.PutUnsigned(1, 0);
                fields.PutUnsigned(command == WiFiScene.AddOrUpdate || command == WiFiScene.Reorder ? 2 : 1, 7);
                byte[] whole = scene.Node.TakeFields();
                for (int length = 1; length < whole.Length; length++)
                {
                    Assert.AreEqual(ImStatus.InvalidCommand, scene.Node.Invoke(scene.Cluster, command, whole, length));
                }

                for (int bit = 8; bit < 8 * whole.Length; bit++)
                {
                    whole[bit / 8] ^= (byte)(1 << bit % 8);
                    scene.Node.Invoke(scene.Cluster, command, whole, whole.Length);
                    whole[bit / 8] ^= (byte)(1 << bit % 8);
                }
            }

            Assert.AreEqual(-ImStatus.InvalidCommand, Empty(scene, WiFiScene.AddOrUpdate));
            Assert.AreEqual(-ImStatus.InvalidCommand, Empty(scene, WiFiScene.Remove));
            Assert.AreEqual(-ImStatus.InvalidCommand, Empty(scene, WiFiScene.Connect));
            Assert.AreEqual(-ImStatus.InvalidCommand, Empty(scene, WiFiScene.Reorder));
        }

        private static WiFiScene NewConnected()
        {
            WiFiScene scene = new WiFiScene(true);
            TestWiFi.Set(scene.Driver.Stored, "old", "old password");
            TestWiFi.Set(scene.Driver.Connected, "old", "old password");
            return scene;
        }

        private static int Scan(WiFiScene scene)
        {
            scene.Node.Fields();
            return scene.Finish(WiFiScene.Scan);
        }

        private static int Empty(WiFiScene scene, uint command)
        {
            scene.Node.Fields();
            return scene.Finish(command);
        }

        // Invokes a command that stays pending.
        private static void Start(WiFiScene scene, uint command, string ssid)
        {
            byte[] name = TestWiFi.Bytes(ssid);
            TlvWriter fields = scene.Node.Fields();
            if (name.Length > 0) fields.PutBytes(0, name, 0, name.Length);
            byte[] request = scene.Node.TakeFields();
            TlvReader reader = new TlvReader();
            reader.Reset(request, 0, request.Length);
            reader.Next();
            Assert.AreEqual(ImStatus.Pending, scene.Cluster.Invoke(command, reader, fields, scene.Node.Context));
        }

        private static int Continue(WiFiScene scene, long now)
        {
            TlvWriter writer = new TlvWriter();
            writer.Reset(new byte[1200], 0, 1200);
            scene.Node.Now = now;
            return scene.Cluster.Continue(writer, scene.Node.Context);
        }
    }
}
