using Matter.Nano.Fabrics;
using Matter.Nano.Sessions;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Decides who may do what, from the access control entries of the accessing fabric. What is granted
    /// comes as a set: one bit for each <see cref="Privilege"/>.
    /// </summary>
    public sealed class AccessControl
    {
        /// <summary>Every privilege.</summary>
        public const int All = 1 << Privilege.View | 1 << Privilege.ProxyView | 1 << Privilege.Operate
            | 1 << Privilege.Manage | 1 << Privilege.Administer;

        // A subject whose upper half is this stands for all nodes with a CASE authenticated tag of the same id and at least
        // the same version: id and version are the upper and lower 16 bits of the tag.
        private const uint TagPrefix = 0xFFFFFFFD;

        private readonly FabricTable _fabrics;
        private readonly DataModel _model;

        /// <summary>Creates it.</summary>
        /// <param name="fabrics">The node's fabrics with their entries.</param>
        /// <param name="model">Tells which device types an endpoint has.</param>
        public AccessControl(FabricTable fabrics, DataModel model)
        {
            _fabrics = fabrics;
            _model = model;
        }

        /// <summary>Whether a set holds a privilege.</summary>
        /// <param name="granted">From <see cref="Granted"/>.</param>
        /// <param name="privilege">One of <see cref="Privilege"/>.</param>
        /// <returns>True if it does.</returns>
        public static bool Includes(int granted, int privilege)
        {
            return (granted >> privilege & 1) != 0;
        }

        /// <summary>Whether there is an accessing fabric. A session may outlive its own for a while: it carries the answer to RemoveFabric.</summary>
        /// <param name="context">Names the fabric.</param>
        /// <returns>False on PASE before AddNOC, and once the fabric is gone.</returns>
        public bool HasFabric(InteractionContext context)
        {
            return _fabrics.Find(context.FabricIndex) != null;
        }

        /// <summary>What the peer of a session may do with a cluster. Over PASE everything: it is the commissioner.</summary>
        /// <param name="context">Names the session.</param>
        /// <param name="endpointId">The cluster's endpoint; it need not exist.</param>
        /// <param name="clusterId">The cluster; it need not exist.</param>
        /// <returns>The set of privileges.</returns>
        public int Granted(InteractionContext context, int endpointId, uint clusterId)
        {
            Session session = context.Session;
            if (session.Type == SessionType.Pase)
            {
                return All;
            }

            bool isGroup = session.Type == SessionType.Group;
            Fabric fabric = isGroup || session.Type == SessionType.Case ? _fabrics.Find(session.FabricIndex) : null;
            if (fabric == null)
            {
                return 0;
            }

            AccessControlList list = _fabrics.AccessControl;
            int authMode = isGroup ? AccessControlEntry.AuthModeGroup : AccessControlEntry.AuthModeCase;
            int granted = 0;
            int entry = list.GetFirst(fabric);
            for (int end = entry + list.GetCount(fabric); entry < end && granted != All; entry++)
            {
                if (list.GetAuthMode(entry) == authMode
                    && HasSubject(list, entry, session)
                    && HasTarget(list, entry, endpointId, clusterId))
                {
                    granted |= Implied(list.GetPrivilege(entry));
                }
            }

            return granted;
        }

        // Administer, Manage, Operate and View each imply the next; ProxyView implies View only.
        private static int Implied(int privilege)
        {
            switch (privilege)
            {
                case Privilege.Administer: return All;
                case Privilege.Manage: return All & ~(1 << Privilege.Administer | 1 << Privilege.ProxyView);
                case Privilege.Operate: return 1 << Privilege.Operate | 1 << Privilege.View;
                case Privilege.ProxyView: return 1 << Privilege.ProxyView | 1 << Privilege.View;
                case Privilege.View: return 1 << Privilege.View;
                default: return 0;
            }
        }

        private static bool HasSubject(AccessControlList list, int entry, Session session)
        {
            ulong own = session.Type == SessionType.Group ? (uint)session.GroupId : session.PeerNodeId;
            int count = list.GetSubjectCount(entry);
            for (int i = 0; i < count; i++)
            {
                ulong subject = list.GetSubject(entry, i);
                if (subject == own
                    || ((uint)(subject >> 32) == TagPrefix && session.Type == SessionType.Case && HasTag(session, (uint)subject)))
                {
                    return true;
                }
            }

            return count == 0;
        }

        private static bool HasTag(Session session, uint subject)
        {
            uint[] tags = session.CaseAuthenticatedTags;
            for (int i = 0; i < tags.Length; i++)
            {
                if (tags[i] != 0 && tags[i] >> 16 == subject >> 16 && (tags[i] & 0xFFFF) >= (subject & 0xFFFF))
                {
                    return true;
                }
            }

            return false;
        }

        private bool HasTarget(AccessControlList list, int entry, int endpointId, uint clusterId)
        {
            int count = list.GetTargetCount(entry);
            for (int i = 0; i < count; i++)
            {
                uint cluster = list.GetCluster(entry, i);
                int endpoint = list.GetEndpoint(entry, i);
                uint deviceType = list.GetDeviceType(entry, i);
                if ((cluster == AccessControlEntry.AnyId || cluster == clusterId)
                    && (endpoint == AccessControlEntry.AnyEndpoint || endpoint == endpointId)
                    && (deviceType == AccessControlEntry.AnyId || HasDeviceType(endpointId, deviceType)))
                {
                    return true;
                }
            }

            return count == 0;
        }

        private bool HasDeviceType(int endpointId, uint deviceType)
        {
            Endpoint endpoint = _model.Find(endpointId);
            for (int i = 0; endpoint != null && i < endpoint.DeviceTypeCount; i++)
            {
                if (endpoint.GetDeviceType(i) == deviceType)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
