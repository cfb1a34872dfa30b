using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Read requests and what answers them.</summary>
    [TestClass]
    public class ReadTests
    {
        private const long Any = -1;

        [TestMethod]
        public void OneAttribute_OneMessageThatWantsNoAnswer()
        {
            InteractionScene scene = new InteractionScene();
            scene.One.Set(77);
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Value }, true, scene.Now);
            scene.Run(1000);

            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(InteractionOpcode.ReportData, scene.Client.LastOpcode);
            Assert.IsTrue(scene.Client.GetBoolean(0, 4));
            Assert.IsFalse(scene.Client.Has(0, 0));
            Assert.IsFalse(scene.Client.Has(0, 3));
            ReportReader reports = scene.Client.Reports();
            Assert.IsTrue(reports.Next());
            Assert.AreEqual(1, reports.Endpoint);
            Assert.AreEqual(TestCluster.ClusterId, reports.Cluster);
            Assert.AreEqual(TestCluster.Value, reports.Attribute);
            Assert.AreEqual(scene.One.DataVersion, reports.Version);
            Assert.AreEqual(77uL, reports.Value.GetUnsigned(1000));
            Assert.IsFalse(reports.Next());
            scene.AssertIdle("read");
        }

        [TestMethod]
        public void ConcretePath_ErrorsInTheirOrder()
        {
            InteractionScene scene = new InteractionScene();
            CheckStatus(scene, 7, TestCluster.ClusterId, 0, ImStatus.UnsupportedEndpoint);
            CheckStatus(scene, 1, 0x06, 0, ImStatus.UnsupportedCluster);
            CheckStatus(scene, 1, TestCluster.ClusterId, 0x77, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, TestCluster.ClusterId, TestCluster.Absent, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, TestCluster.ClusterId, 0xFFFA, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, TestCluster.ClusterId, 0xFFF10003, ImStatus.UnsupportedAttribute);
            CheckStatus(scene, 1, TestCluster.ClusterId, TestCluster.WriteOnly, ImStatus.UnsupportedRead);
            CheckStatus(scene, 1, TestCluster.ClusterId, TestCluster.Failing, ImStatus.Failure);

            scene.Grant(1, Privilege.Manage, 0x1111, TestCluster.ClusterId, -1, -1);
            CheckStatus(scene, 1, TestCluster.ClusterId, TestCluster.Secret, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 7, TestCluster.ClusterId, 0, ImStatus.UnsupportedEndpoint);
            CheckStatus(scene, 1, TestCluster.ClusterId, 0x77, ImStatus.UnsupportedAttribute);

            // Not granted anything there, the reader is not told what there is.
            CheckStatus(scene, 1, 0x06, 0, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 0, InteractionScene.PlainId, 0x4003, ImStatus.UnsupportedAccess);
            CheckStatus(scene, 0, InteractionScene.PlainId, 0x77, ImStatus.UnsupportedAccess);
        }

        [TestMethod]
        public void SeveralPaths_ValuesAndErrorsTogether()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Read(
                scene.Session,
                new long[]
                {
                    1, TestCluster.ClusterId, 0, 9, 9, 9, 2, TestCluster.ClusterId, 0, 1, TestCluster.ClusterId, 9,
                    0, InteractionScene.PlainId, 0x4003, 0, InteractionScene.PlainId, 0xFFFC, 0, InteractionScene.PlainId, 0xFFFD,
                    1, TestCluster.ClusterId, TestCluster.Custom, 2, TestCluster.ClusterId, 4,
                },
                true,
                scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Client.Count);
            Assert.AreEqual(9, scene.Client.Reports().CountAll());
            ReportReader reports = scene.Client.Reports();
            reports.Next();
            reports.Next();
            Assert.AreEqual(ImStatus.UnsupportedEndpoint, reports.Status);
            Assert.AreEqual(9L, (long)reports.Attribute);
            Assert.AreEqual(1L, scene.Client.Reports().Last(0, InteractionScene.PlainId, 0xFFFD));
        }

        [TestMethod]
        public void WildcardEverything_IsWhatAttributeListsName()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Read(scene.Session, new long[] { Any, Any, Any }, true, scene.Now);
            scene.Run(1000);

            // Of the test cluster's 18 one cannot be read and one fails; both are missing in silence.
            CheckAgainstAttributeList(scene, 1, TestCluster.ClusterId, 18, 16);
            CheckAgainstAttributeList(scene, 2, TestCluster.ClusterId, 18, 16);
            CheckAgainstAttributeList(scene, 0, InteractionScene.PlainId, 6, 6);
            CheckAgainstAttributeList(scene, 1, InteractionScene.PlainId + 1, 6, 6);
            Assert.AreEqual(16 + 16 + 6 + 6, scene.Client.Reports().CountAll());
            ReportReader reports = scene.Client.Reports();
            while (reports.Next()) Assert.AreEqual(-1, reports.Status);
            scene.AssertIdle("wildcard");
        }

        [TestMethod]
        public void Wildcards_EachPartByItself()
        {
            InteractionScene scene = new InteractionScene();
            CheckCount(scene, new long[] { Any, TestCluster.ClusterId, 0 }, 2);
            CheckCount(scene, new long[] { Any, Any, 0xFFFD }, 4);
            CheckCount(scene, new long[] { 1, Any, 0xFFFC }, 2);
            CheckCount(scene, new long[] { 1, TestCluster.ClusterId, Any }, 16);
            CheckCount(scene, new long[] { 0, Any, Any }, 6);
            CheckCount(scene, new long[] { 9, Any, Any }, 0);
            CheckCount(scene, new long[] { Any, 0x06, Any }, 0);
            CheckCount(scene, new long[] { Any, 0x06, 0 }, 0);
            CheckCount(scene, new long[] { Any, Any, 0xFFFA }, 0);
            CheckCount(scene, new long[] { Any, TestCluster.ClusterId, TestCluster.Failing }, 0);
            CheckCount(scene, new long[0], 0);
        }

        [TestMethod]
        public void NothingToReport_SevenBytes()
        {
            InteractionScene scene = new InteractionScene();
            CheckCount(scene, new long[] { Any, 0x31, 0xFFFC, Any, 0x31, 1, Any, 0x2A, 0 }, 0);
            Assert.AreEqual(7, scene.Client.Length(0));
        }

        [TestMethod]
        [DataRow(1, 16 + 16 + 6)]               // SkipRootNode
        [DataRow(2, 11 + 11 + 1 + 1)]           // SkipGlobalAttributes
        [DataRow(4, 15 + 15 + 5 + 5)]           // SkipAttributeList
        [DataRow(16, 14 + 14 + 4 + 4)]          // SkipCommandLists
        [DataRow(32, 6 + 6)]                    // SkipCustomElements
        [DataRow(64, 10 + 10)]                  // SkipFixedAttributes
        [DataRow(128, 15 + 15 + 6 + 6)]         // SkipChangesOmittedAttributes
        [DataRow(256, 16 + 16)]                 // SkipDiagnosticsClusters
        [DataRow(8, 16 + 16 + 6 + 6)]           // reserved
        [DataRow(0x1FF, 0)]
        public void WildcardPathFlags_AreHonoured(int flags, int count)
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.WildcardPathFlags = flags;
            CheckCount(scene, new long[] { Any, Any, Any }, count);

            // They say nothing about a path without wildcards.
            CheckCount(scene, new long[] { 0, InteractionScene.PlainId, 0xFFFB }, 1);
        }

        [TestMethod]
        [DataRow(0, 6)]
        [DataRow(1, 1)]
        [DataRow(2, 1)]
        [DataRow(-1, 1)]
        public void WildcardPathFlags_OfAnOlderConfiguration_DoNotCount(int version, int count)
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.WildcardPathFlags = 2;
            scene.Client.FilterVersion = version;
            CheckCount(scene, new long[] { 0, InteractionScene.PlainId, Any }, count);
        }

        [TestMethod]
        public void GlobalAttributes_ComeFromTheTables()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Read(
                scene.Session,
                new long[]
                {
                    1, TestCluster.ClusterId, 0xFFF8, 1, TestCluster.ClusterId, 0xFFF9, 1, TestCluster.ClusterId, 0xFFFB,
                    1, TestCluster.ClusterId, 0xFFFC, 1, TestCluster.ClusterId, 0xFFFD,
                },
                true,
                scene.Now);
            scene.Run(1000);
            CheckList(scene.Client, 0xFFF8, new uint[] { 2, 0xFFF1000A });
            CheckList(scene.Client, 0xFFF9, new uint[] { 0, 1, 3, 4, 5, 6, 8, 0xFFF10009, 10 });
            CheckList(scene.Client, 0xFFFB, new uint[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 0xFFF10000, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC, 0xFFFD });
            Assert.AreEqual(5L, scene.Client.Reports().Last(1, TestCluster.ClusterId, 0xFFFC));
            Assert.AreEqual(7L, scene.Client.Reports().Last(1, TestCluster.ClusterId, 0xFFFD));
        }

        [TestMethod]
        public void DataVersionFilter_LeavesOutTheClusterOfThatVersion()
        {
            InteractionScene scene = new InteractionScene();
            long version = scene.One.DataVersion;
            scene.Client.Versions = new long[] { 1, TestCluster.ClusterId, version };
            CheckCount(scene, new long[] { Any, TestCluster.ClusterId, Any }, 16);
            CheckCount(scene, new long[] { 1, TestCluster.ClusterId, 0 }, 0);
            CheckCount(scene, new long[] { 1, Any, 0xFFFD }, 1);
            scene.Client.Versions = new long[] { 1, TestCluster.ClusterId, (version + 1) & 0xFFFFFFFF, 9, 9, version, 1, 9, version };
            CheckCount(scene, new long[] { Any, TestCluster.ClusterId, Any }, 32);
            scene.Client.Versions = new long[] { 1, TestCluster.ClusterId, version };
            scene.One.Set(3);
            CheckCount(scene, new long[] { 1, TestCluster.ClusterId, 0 }, 1);
        }

        [TestMethod]
        public void EventRequests_AreTolerated()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.AsksForEvents = true;
            CheckCount(scene, new long[] { 1, TestCluster.ClusterId, 0 }, 1);
            Assert.IsFalse(scene.Client.Has(0, 2));
            CheckCount(scene, null, 0);
        }

        [TestMethod]
        public void FabricFiltered_HidesOtherFabrics()
        {
            InteractionScene scene = new InteractionScene();
            scene.AddFabric(2);
            InteractionClient other = scene.AddClient();
            Session session = scene.Pair(other, SessionType.Case, 2, 0x1111);
            WriteScoped(scene, scene.Client, scene.Session, 11);
            WriteScoped(scene, other, session, 22);

            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Scoped }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Scoped));
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, TestCluster.ClusterId, TestCluster.Scoped }, false, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(2, scene.Client.Reports().CountItems(1, TestCluster.ClusterId, TestCluster.Scoped));
        }

        [TestMethod]
        public void FabricSensitive_NeedsAFabric()
        {
            InteractionScene scene = new InteractionScene();
            CheckCount(scene, new long[] { 1, TestCluster.ClusterId, TestCluster.Sensitive }, 1);
            InteractionClient commissioner = scene.AddClient();
            Session session = scene.Pair(commissioner, SessionType.Pase, 0, 0);
            commissioner.Read(session, new long[] { 1, TestCluster.ClusterId, TestCluster.Sensitive }, true, scene.Now);
            scene.Run(1000);
            ReportReader reports = commissioner.Reports();
            reports.Next();
            Assert.AreEqual(ImStatus.UnsupportedAccess, reports.Status);
            commissioner.Clear();
            commissioner.Read(session, new long[] { 1, TestCluster.ClusterId, TestCluster.Secret }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(1234L, commissioner.Reports().Last(1, TestCluster.ClusterId, TestCluster.Secret));
        }

        [TestMethod]
        public void PathsBeyondTheLimit_PathsExhausted()
        {
            InteractionScene scene = new InteractionScene();
            long[] paths = new long[3 * Limits.PathsPerRead];
            for (int i = 0; i < paths.Length; i += 3)
            {
                paths[i] = 1;
                paths[i + 1] = TestCluster.ClusterId;
            }
            CheckCount(scene, paths, Limits.PathsPerRead);
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[paths.Length + 3], true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(ImStatus.PathsExhausted, scene.Client.Status);
            scene.AssertIdle("paths exhausted");
        }

        [TestMethod]
        public void TagCompression_BuildsOnThePathBefore()
        {
            InteractionScene scene = new InteractionScene();
            scene.Two.Set(5);
            InteractionClient client = scene.Client;
            client.Begin(InteractionOpcode.ReadRequest);
            client.Writer.StartArray(0);
            client.Writer.StartList(TlvTag.Anonymous);
            client.Writer.PutUnsigned(2, 2);
            client.Writer.PutUnsigned(3, TestCluster.ClusterId);
            client.Writer.PutUnsigned(4, TestCluster.Value);
            client.Writer.EndContainer();
            client.Writer.StartList(TlvTag.Anonymous);
            client.Writer.PutBoolean(0, true);
            client.Writer.PutUnsigned(4, TestCluster.Constant);
            client.Writer.EndContainer();
            client.Writer.StartList(TlvTag.Anonymous);
            client.Writer.PutBoolean(0, false);
            client.Writer.PutUnsigned(4, 0xFFFD);
            client.Writer.EndContainer();
            client.Writer.EndContainer();
            client.Writer.PutBoolean(3, true);
            client.End();
            client.Send(scene.Session, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(6, client.Reports().CountAll());
            Assert.AreEqual(5L, client.Reports().Last(2, TestCluster.ClusterId, TestCluster.Value));
            Assert.AreEqual(9L, client.Reports().Last(2, TestCluster.ClusterId, TestCluster.Constant));
            Assert.AreEqual(1L, client.Reports().Last(0, InteractionScene.PlainId, 0xFFFD));
        }

        [TestMethod]
        public void NodeInPath_MustBeThisOne()
        {
            InteractionScene scene = new InteractionScene();
            ReadWithNode(scene, 0x2222);
            ReportReader reports = scene.Client.Reports();
            Assert.IsTrue(reports.Next());
            Assert.AreEqual(-1, reports.Status);
            ReadWithNode(scene, 0x2223);
            reports = scene.Client.Reports();
            Assert.IsTrue(reports.Next());
            Assert.AreEqual(ImStatus.UnsupportedNode, reports.Status);
        }

        [TestMethod]
        public void WildcardClusterWithoutGlobalAttribute_InvalidAction()
        {
            InteractionScene scene = new InteractionScene();
            scene.Client.Read(scene.Session, new long[] { Any, Any, 0 }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 1, Any, 0xFFFE }, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(ImStatus.InvalidAction, scene.Client.Status);
            scene.AssertIdle("invalid");
        }

        private static void CheckStatus(InteractionScene scene, int endpoint, uint cluster, uint attribute, int status)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { endpoint, cluster, attribute }, true, scene.Now);
            scene.Run(1000);
            ReportReader reports = scene.Client.Reports();
            Assert.IsTrue(reports.Next());
            Assert.AreEqual(status, reports.Status, endpoint + "/" + cluster + "/" + attribute);
            Assert.AreEqual(endpoint, reports.Endpoint);
            Assert.AreEqual(cluster, reports.Cluster);
            Assert.AreEqual(attribute, reports.Attribute);
            Assert.IsFalse(reports.Next());
        }

        private static void CheckCount(InteractionScene scene, long[] paths, int count)
        {
            scene.Client.Clear();
            scene.Client.Read(scene.Session, paths, true, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(InteractionOpcode.ReportData, scene.Client.LastOpcode);
            Assert.AreEqual(count, scene.Client.Reports().CountAll());
            scene.AssertIdle("read");
        }

        private static void CheckAgainstAttributeList(InteractionScene scene, int endpoint, uint cluster, int listed, int readable)
        {
            int reported = 0;
            ReportReader reports = scene.Client.Reports();
            while (reports.Next())
            {
                if (reports.Endpoint == endpoint && reports.Cluster == cluster) reported++;
            }
            Assert.AreEqual(listed, scene.Client.Reports().CountItems(endpoint, cluster, 0xFFFB));
            Assert.AreEqual(readable, reported);
        }

        private static void CheckList(InteractionClient client, uint attribute, uint[] expected)
        {
            ReportReader reports = client.Reports();
            Assert.IsTrue(reports.Next(1, TestCluster.ClusterId, attribute));
            reports.Value.Enter();
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.IsTrue(reports.Value.Next());
                Assert.AreEqual((ulong)expected[i], reports.Value.GetUnsigned(0xFFFFFFFF));
            }
            Assert.IsFalse(reports.Value.Next());
        }

        private static void WriteScoped(InteractionScene scene, InteractionClient client, Session session, uint value)
        {
            client.BeginWrite(false, false);
            client.BeginItem(1, TestCluster.ClusterId, TestCluster.Scoped, false, -1);
            client.Writer.StartArray(2);
            client.Writer.PutUnsigned(TlvTag.Anonymous, value);
            client.Writer.EndContainer();
            client.EndItem();
            client.EndWrite(false);
            client.Send(session, scene.Now);
            scene.Run(1000);
            Assert.AreEqual(0, client.WriteStatus(0));
        }

        private static void ReadWithNode(InteractionScene scene, ulong node)
        {
            InteractionClient client = scene.Client;
            client.Clear();
            client.Begin(InteractionOpcode.ReadRequest);
            client.Writer.StartArray(0);
            client.Writer.StartList(TlvTag.Anonymous);
            client.Writer.PutUnsigned(1, node);
            client.Writer.PutUnsigned(2, 1);
            client.Writer.PutUnsigned(3, TestCluster.ClusterId);
            client.Writer.PutUnsigned(4, TestCluster.Value);
            client.Writer.EndContainer();
            client.Writer.EndContainer();
            client.Writer.PutBoolean(3, true);
            client.End();
            client.Send(scene.Session, scene.Now);
            scene.Run(1000);
        }
    }
}
