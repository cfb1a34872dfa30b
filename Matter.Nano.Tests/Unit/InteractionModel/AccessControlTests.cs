using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests
{
    /// <summary>Who is granted what.</summary>
    [TestClass]
    public class AccessControlTests
    {
        private const ulong Node = 0x1111;
        private const long Any = -1;

        // Bits of the privileges.
        private const int View = 1 << Privilege.View;
        private const int ProxyView = 1 << Privilege.ProxyView;
        private const int Operate = 1 << Privilege.Operate;
        private const int Manage = 1 << Privilege.Manage;
        private const int Administer = 1 << Privilege.Administer;

        [TestMethod]
        [DataRow(Privilege.View, View)]
        [DataRow(Privilege.ProxyView, View | ProxyView)]
        [DataRow(Privilege.Operate, View | Operate)]
        [DataRow(Privilege.Manage, View | Operate | Manage)]
        [DataRow(Privilege.Administer, View | ProxyView | Operate | Manage | Administer)]
        public void Privileges_ImplyTheLesserOnes(int privilege, int granted)
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, privilege, Node, Any, -1, Any);
            Assert.AreEqual(granted, Granted(scene, scene.Session, 1, 6));
        }

        [TestMethod]
        public void Subject_MustBeTheNode()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.View, Node + 1, Any, -1, Any);
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
            scene.Grant(1, Privilege.View, 0, Any, -1, Any);
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 6));
        }

        [TestMethod]
        public void Fabric_MustBeTheSessions()
        {
            InteractionScene scene = new InteractionScene();
            scene.AddFabric(2);
            scene.Grant(1, Privilege.View, Node + 1, Any, -1, Any);
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
            Session session = scene.Pair(scene.Client, SessionType.Case, 2, Node);
            Assert.AreEqual(AccessControl.All, Granted(scene, session, 1, 6));
            session = scene.Pair(scene.Client, SessionType.Case, 3, Node);
            Assert.AreEqual(0, Granted(scene, session, 1, 6));
            session = scene.Pair(scene.Client, SessionType.Case, 0, Node);
            Assert.AreEqual(0, Granted(scene, session, 1, 6));
        }

        [TestMethod]
        public void Pase_MayDoEverything()
        {
            InteractionScene scene = new InteractionScene();
            Session session = scene.Pair(scene.Client, SessionType.Pase, 0, 0);
            Assert.AreEqual(AccessControl.All, Granted(scene, session, 1, 6));
        }

        [TestMethod]
        [DataRow(0x00010001, 0x00010001, true)]
        [DataRow(0x00010001, 0x00010002, true)]
        [DataRow(0x00010002, 0x00010001, false)]
        [DataRow(0x00010001, 0x00020001, false)]
        [DataRow(0x00010001, 0x00000001, false)]
        [DataRow(0x0001FFFF, 0x0001FFFF, true)]
        [DataRow(0x7FFF0001, 0x7FFF8000, true)]
        public void CaseAuthenticatedTag_OfAtLeastThatVersion(int entry, int tag, bool isGranted)
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.Operate, 0xFFFFFFFD00000000 | (uint)entry, Any, -1, Any);
            Session served = scene.Served(scene.Session);
            for (int i = 0; i < served.CaseAuthenticatedTags.Length; i++)
            {
                Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
                served.CaseAuthenticatedTags[i] = (uint)tag;
                Assert.AreEqual(isGranted ? View | Operate : 0, Granted(scene, scene.Session, 1, 6));
                served.CaseAuthenticatedTags[i] = 0;
            }
        }

        [TestMethod]
        public void TagSubject_IsNoNodeId()
        {
            // A node can't be called that, but if it were, it would not be the tag.
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.Operate, 0xFFFFFFFD00010001, Any, -1, Any);
            scene.Served(scene.Session).CaseAuthenticatedTags[0] = 0;
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
        }

        [TestMethod]
        public void Targets_Narrow()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.View, Node, 6, -1, Any);
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(View, Granted(scene, scene.Session, 2, 6));
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 7));
            scene.Grant(1, Privilege.View, Node, Any, 1, Any);
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 7));
            Assert.AreEqual(0, Granted(scene, scene.Session, 2, 6));
            scene.Grant(1, Privilege.View, Node, 6, 1, Any);
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 7));
            Assert.AreEqual(0, Granted(scene, scene.Session, 2, 6));
            scene.Grant(1, Privilege.View, Node, Any, -1, InteractionScene.DeviceType);
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(0, Granted(scene, scene.Session, 2, 6));
            Assert.AreEqual(0, Granted(scene, scene.Session, 9, 6));
            scene.Grant(1, Privilege.View, Node, 7, -1, InteractionScene.DeviceType);
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 7));
        }

        [TestMethod]
        public void Entries_AddUp()
        {
            InteractionScene scene = new InteractionScene();
            scene.Grant(1, Privilege.View, Node, Any, -1, Any);
            scene.AddEntry(1, Privilege.Operate, Node, 6, 1, Any);
            scene.AddEntry(1, Privilege.ProxyView, 0, Any, 2, Any);
            Assert.AreEqual(View | Operate, Granted(scene, scene.Session, 1, 6));
            Assert.AreEqual(View, Granted(scene, scene.Session, 1, 7));
            Assert.AreEqual(View | ProxyView, Granted(scene, scene.Session, 2, 6));
        }

        [TestMethod]
        public void GroupEntry_GrantsNothingToNodes()
        {
            InteractionScene scene = new InteractionScene();
            scene.GrantGroup(1, Privilege.Manage, 0x1111);
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
        }

        [TestMethod]
        public void NoEntries_NothingAtAll()
        {
            InteractionScene scene = new InteractionScene();
            scene.Fabrics.AccessControl.Begin(scene.Fabrics.Find(1), false);
            scene.Fabrics.AccessControl.Commit();
            Assert.AreEqual(0, Granted(scene, scene.Session, 1, 6));
            scene.Client.Read(scene.Session, new long[] { -1, -1, -1 }, true, scene.Now);
            scene.Run(300);
            Assert.AreEqual(0, scene.Client.Reports().CountAll());
            scene.Client.Clear();
            scene.Client.Read(scene.Session, new long[] { 0, InteractionScene.PlainId, 0xFFFD }, true, scene.Now);
            scene.Run(300);
            ReportReader reports = scene.Client.Reports();
            reports.Next();
            Assert.AreEqual(ImStatus.UnsupportedAccess, reports.Status);
        }

        private static int Granted(InteractionScene scene, Session session, int endpoint, uint cluster)
        {
            InteractionContext context = new InteractionContext();
            context.Enter(scene.Served(session), scene.Now);
            return new AccessControl(scene.Fabrics, scene.Model).Granted(context, endpoint, cluster);
        }
    }
}
