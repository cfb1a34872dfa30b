using System;
using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using nanoFramework.TestFramework;

namespace Matter.Nano.Tests.Fabrics
{
    /// <summary>A node's fabrics, window and fail-safe on a store, and administrators who commission it.</summary>
    internal sealed class FabricScene : IFabricListener, IFailSafeListener, ICommissioningWindowListener
    {
        public const int OwnDiscriminator = 3840;
        public const ulong Administrator = 0x1122334455667788;
        public const int VendorId = 0xFFF1;

        public readonly CryptoSuite Crypto;
        public readonly PowerCutStore Store;
        public readonly FabricTable Fabrics;
        public readonly CommissioningWindow Window;
        public readonly FailSafe FailSafe;
        public readonly int LoadResult;

        public int Added;
        public int Updated;
        public int Removed;
        public int LastRemovedIndex;
        public int Completing;
        public int Completed;
        public int Expired;
        public int TakenBack;
        public int WindowChanges;
        public int CompletingResult { get; set; }

        public FabricScene()
            : this(new PowerCutStore())
        {
        }

        /// <summary>Starts the node on what a store holds, in working order again.</summary>
        public FabricScene(PowerCutStore store)
        {
            Crypto = new CryptoSuite(new ScriptedRandom(), null);
            Store = store;
            store.ChangesLeft = int.MaxValue;
            Fabrics = new FabricTable(Crypto, store);
            Window = new CommissioningWindow(Fabrics, OwnDiscriminator, new byte[97], new byte[16], 1000);
            FailSafe = new FailSafe(Crypto, Fabrics, Window);
            Fabrics.AddListener(this);
            FailSafe.AddListener(this);
            Window.AddListener(this);
            LoadResult = Fabrics.Load();
        }

        public PendingCredentials Credentials
        {
            get { return FailSafe.Credentials; }
        }

        /// <summary>Steps a command to its end.</summary>
        public int Run(int begun)
        {
            int result = begun;
            for (int i = 0; result == PendingCredentials.Running; i++)
            {
                Assert.IsTrue(i < 2000, "never ends");
                result = Credentials.Step(0);
            }

            return result;
        }

        public int RequestKey(bool isForUpdate, int fabricIndex)
        {
            return Run(Credentials.BeginRequest(isForUpdate, fabricIndex));
        }

        public int AddRoot(TestAdministrator administrator, int fabricIndex)
        {
            byte[] root = administrator.RootCertificate;
            return Run(Credentials.BeginRoot(root, 0, root.Length, fabricIndex));
        }

        public int AddNoc(TestAdministrator administrator, int fabricIndex)
        {
            return AddNoc(administrator, administrator.NewNoc(RequestedKey()), fabricIndex);
        }

        public int AddNoc(TestAdministrator administrator, byte[] noc, int fabricIndex)
        {
            byte[] icac = administrator.Icac;
            return Run(Credentials.BeginAddNoc(
                noc, 0, noc.Length, icac, 0, icac.Length, administrator.Ipk, 0, 16, Administrator, VendorId, fabricIndex));
        }

        public int UpdateNoc(TestAdministrator administrator, int fabricIndex)
        {
            byte[] noc = administrator.NewNoc(RequestedKey());
            byte[] icac = administrator.Icac;
            return Run(Credentials.BeginUpdateNoc(noc, 0, noc.Length, icac, 0, icac.Length, fabricIndex));
        }

        /// <summary>The public key out of the certificate signing request made last.</summary>
        public byte[] RequestedKey()
        {
            const int keyOffset = 51;
            byte[] request = new byte[CertificateSigningRequest.MaxLength];
            Assert.IsTrue(Credentials.Request.Write(request, 0, request.Length) > 0);
            byte[] key = new byte[P256.PointLength];
            Array.Copy(request, keyOffset - 1, key, 0, key.Length);
            Assert.AreEqual((byte)4, key[0]);
            return key;
        }

        /// <summary>Everything up to AddNOC over PASE.</summary>
        public Fabric Prepare(TestAdministrator administrator)
        {
            if (!FailSafe.IsArmed) Assert.AreEqual(0, FailSafe.Arm(60, 1, 0, true, 0));
            Assert.AreEqual(0, RequestKey(false, 0));
            Assert.AreEqual(0, AddRoot(administrator, 0));
            Assert.AreEqual(0, AddNoc(administrator, 0));
            return Fabrics.Find(FailSafe.FabricIndex);
        }

        public Fabric Commission(TestAdministrator administrator)
        {
            Fabric fabric = Prepare(administrator);
            Assert.AreEqual(0, FailSafe.Complete(fabric.Index, true, 0));
            return fabric;
        }

        /// <summary>Everything of the fabrics that counts, for comparison.</summary>
        public string Describe()
        {
            string text = "";
            for (int row = 0; row < Fabrics.Capacity; row++)
            {
                Fabric fabric = Fabrics.GetRow(row);
                if (fabric.Index == 0) continue;
                text += fabric.Index.ToString() + " " + fabric.FabricId.ToString() + " " + fabric.NodeId.ToString() + " " + fabric.VendorId.ToString()
                    + Sum(fabric.PrivateKey, 32) + fabric.RootPublicKeyOffset.ToString() + Sum(fabric.CompressedId, 8)
                    + Sum(fabric.RootCertificate, fabric.RootCertificate.Length) + Sum(fabric.Noc, fabric.Noc.Length)
                    + Sum(fabric.Icac, fabric.Icac.Length) + Sum(fabric.Vvsc, fabric.Vvsc.Length)
                    + Sum(fabric.VerificationStatement, fabric.VerificationStatement.Length) + Sum(fabric.Label, fabric.Label.Length);
                AccessControlList list = Fabrics.AccessControl;
                for (int i = 0; i < list.GetCount(fabric); i++)
                {
                    int entry = list.GetFirst(fabric) + i;
                    text += " acl" + list.GetPrivilege(entry).ToString() + "," + list.GetAuthMode(entry).ToString();
                    for (int k = 0; k < list.GetSubjectCount(entry); k++) text += "," + list.GetSubject(entry, k).ToString();
                    for (int k = 0; k < list.GetTargetCount(entry); k++)
                    {
                        text += "," + list.GetCluster(entry, k).ToString() + "/" + list.GetEndpoint(entry, k).ToString() + "/" + list.GetDeviceType(entry, k).ToString();
                    }
                }

                GroupKeyTable keys = Fabrics.GroupKeys;
                for (int set = keys.GetFirst(fabric); set < keys.GetFirst(fabric) + Limits.GroupKeySetsPerFabric; set++)
                {
                    if (keys.GetKeyCount(set) == 0) continue;
                    text += " set" + keys.GetSetId(set).ToString() + "," + keys.GetPolicy(set).ToString();
                    for (int key = keys.GetFirstKey(set); key < keys.GetFirstKey(set) + keys.GetKeyCount(set); key++)
                    {
                        text += "," + keys.GetStartTime(key).ToString() + "," + keys.GetSessionId(key).ToString();
                        for (int i = 0; i < 16; i++) text += " " + keys.Keys[key * 16 + i].ToString();
                    }
                }

                for (int i = 0; i < keys.GetGroupCount(fabric); i++)
                {
                    text += " group" + keys.GetGroupId(fabric, i).ToString() + "," + keys.GetGroupSetId(fabric, i).ToString();
                }

                text += ";";
            }

            return text;
        }

        public void FabricAdded(Fabric fabric, long now)
        {
            Added++;
        }

        public void FabricUpdated(Fabric fabric, long now)
        {
            Updated++;
        }

        public void FabricRemoved(int fabricIndex, long now)
        {
            Removed++;
            LastRemovedIndex = fabricIndex;
        }

        public int FailSafeCompleting(long now)
        {
            Completing++;
            return CompletingResult;
        }

        public void FailSafeCompleted(long now)
        {
            Completed++;
        }

        public void FailSafeExpired(int updatedFabric, long now)
        {
            TakenBack = updatedFabric;
            Expired++;
        }

        public void CommissioningWindowChanged(CommissioningWindow window, long now)
        {
            WindowChanges++;
        }

        // Fletcher's sum with the length.
        private static string Sum(byte[] bytes, int length)
        {
            int a = 1;
            int b = 0;
            for (int i = 0; i < length; i++)
            {
                a = (a + bytes[i]) % 65521;
                b = (b + a) % 65521;
            }

            return " " + length.ToString() + ":" + a.ToString() + "," + b.ToString();
        }
    }
}
