using Matter.Nano.Crypto;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Node Operational Credentials (Matter Core 11.18): attestation, and the fabrics that the node is on.</summary>
    public sealed partial class OperationalCredentialsCluster : Cluster, IFabricListener
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x003E;

        private const uint NocsId = 0x0000;
        private const uint FabricsId = 0x0001;
        private const uint SupportedFabricsId = 0x0002;
        private const uint CommissionedFabricsId = 0x0003;
        private const uint TrustedRootCertificatesId = 0x0004;
        private const uint CurrentFabricIndexId = 0x0005;

        private const byte AttestationResponse = 0x01;
        private const byte CertificateChainResponse = 0x03;
        private const byte CsrResponse = 0x05;
        private const byte NocResponse = 0x08;
        private const byte SignVidVerificationResponse = 0x0E;

        private const byte Scoped = CommandAccess.Administer | CommandAccess.FabricScoped;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadAdminister | Access.FabricScoped, Quality.List | Quality.ChangesOmitted,
            0x00, 0x01, Access.ReadView | Access.FabricScoped, Quality.List,
            0x00, 0x02, Access.ReadView, Quality.Fixed,
            0x00, 0x03, Access.ReadView, Quality.None,
            0x00, 0x04, Access.ReadView, Quality.List | Quality.ChangesOmitted,
            0x00, 0x05, Access.ReadView, Quality.None,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Administer, AttestationResponse,
            0x02, CommandAccess.Administer, CertificateChainResponse,
            0x04, CommandAccess.Administer, CsrResponse,
            0x06, CommandAccess.Administer, NocResponse,
            0x07, Scoped, NocResponse,
            0x09, Scoped, NocResponse,
            0x0A, CommandAccess.Administer, NocResponse,
            0x0B, CommandAccess.Administer, CommandAccess.NoResponse,
            0x0C, Scoped, CommandAccess.NoResponse,
            0x0D, CommandAccess.Administer, SignVidVerificationResponse,
        };

        private readonly FabricTable _fabrics;
        private readonly FailSafe _failSafe;
        private readonly DeviceAttestation _attestation;
        private readonly SessionTable _sessions;
        private readonly CredentialSigner _signer;
        private readonly CredentialFields _fields = new CredentialFields();

        // The command being continued, and for CSRRequest whether the fail-safe is still at work on the key pair.
        private uint _pending;
        private bool _isPreparing;

        /// <summary>Creates the cluster.</summary>
        /// <param name="crypto">Primitives.</param>
        /// <param name="attestation">The device's attestation credentials.</param>
        /// <param name="fabrics">The node's fabrics.</param>
        /// <param name="failSafe">The node's fail-safe.</param>
        /// <param name="sessions">The node's sessions.</param>
        public OperationalCredentialsCluster(
            CryptoSuite crypto, DeviceAttestation attestation, FabricTable fabrics, FailSafe failSafe, SessionTable sessions)
            : base(ClusterId, 2, 0, AttributeTable, CommandTable)
        {
            _fabrics = fabrics;
            _failSafe = failSafe;
            _attestation = attestation;
            _sessions = sessions;
            _signer = new CredentialSigner(crypto, attestation, fabrics, failSafe);
            fabrics.AddListener(this);
        }

        /// <inheritdoc/>
        public void FabricAdded(Fabric fabric, long now)
        {
            Changed(NocsId);
            Changed(FabricsId);
            Changed(CommissionedFabricsId);
            Changed(TrustedRootCertificatesId);
        }

        /// <inheritdoc/>
        public void FabricUpdated(Fabric fabric, long now)
        {
            Changed(NocsId);
            Changed(FabricsId);
        }

        /// <inheritdoc/>
        public void FabricRemoved(int fabricIndex, long now)
        {
            FabricAdded(null, now);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case SupportedFabricsId:
                    writer.PutUnsigned(tag, (ulong)_fabrics.Capacity);
                    break;
                case CommissionedFabricsId:
                    writer.PutUnsigned(tag, (ulong)_fabrics.Count);
                    break;
                case CurrentFabricIndexId:
                    writer.PutUnsigned(tag, (ulong)context.FabricIndex);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            CredentialFields read = _fields;
            int status = read.Read(commandId, fields);
            if (status != ImStatus.Success)
            {
                return status;
            }

            byte[] buffer = fields.Buffer;
            int fabricIndex = context.FabricIndex;
            switch (commandId)
            {
                case CredentialCommand.AttestationRequest:
                    _signer.BeginAttestation(buffer, read.NonceOffset);
                    return Pend(commandId, false);
                case CredentialCommand.CertificateChainRequest:
                    return InvokeCertificateChainRequest(read.CertificateType, response);
                case CredentialCommand.CsrRequest:
                    _signer.BeginSigningRequest(buffer, read.NonceOffset);
                    return Answer(commandId, _failSafe.Credentials.BeginRequest(read.IsForUpdate, fabricIndex), response, context);
                case CredentialCommand.AddNoc:
                    return Answer(commandId, _failSafe.Credentials.BeginAddNoc(
                        buffer, read.NocOffset, read.NocLength, buffer, read.IcacOffset, read.IcacLength,
                        buffer, read.IpkOffset, read.IpkLength, read.AdminSubject, read.VendorId, fabricIndex), response, context);
                case CredentialCommand.UpdateNoc:
                    return Answer(commandId, _failSafe.Credentials.BeginUpdateNoc(
                        buffer, read.NocOffset, read.NocLength, buffer, read.IcacOffset, read.IcacLength, fabricIndex), response, context);
                case CredentialCommand.AddTrustedRootCertificate:
                    return Answer(commandId, _failSafe.Credentials.BeginRoot(buffer, read.RootOffset, read.RootLength, fabricIndex), response, context);
                case CredentialCommand.UpdateFabricLabel:
                    return InvokeUpdateFabricLabel(buffer, response, context);
                case CredentialCommand.RemoveFabric:
                    return InvokeRemoveFabric(response, context);
                case CredentialCommand.SetVidVerificationStatement:
                    return InvokeSetVidVerificationStatement(buffer, context);
                case CredentialCommand.SignVidVerificationRequest:
                    if (_fabrics.Find(read.FabricIndex) == null)
                    {
                        return ImStatus.ConstraintError;
                    }

                    _signer.BeginVendorVerification(buffer, read.NonceOffset, read.FabricIndex);
                    return Pend(commandId, false);
                default:
                    return ImStatus.UnsupportedCommand;
            }
        }

        /// <inheritdoc/>
        public override int Continue(TlvWriter response, InteractionContext context)
        {
            if (_isPreparing)
            {
                return Answer(_pending, _failSafe.Credentials.Step(context.Now), response, context);
            }

            return _signer.Continue(response, context.Session);
        }

        /// <inheritdoc/>
        public override void Cancel()
        {
            _failSafe.Credentials.Cancel();
            _signer.Cancel();
        }

        private static int PutNocResponse(TlvWriter response, int code, int fabricIndex)
        {
            response.PutUnsigned(0, (ulong)code);
            if (code == NodeOperationalCertStatus.Ok)
            {
                response.PutUnsigned(1, (ulong)fabricIndex);
            }

            return ImStatus.Success;
        }

        private int Pend(uint commandId, bool isPreparing)
        {
            _pending = commandId;
            _isPreparing = isPreparing;
            return ImStatus.Pending;
        }

        /// <summary>Turns what the fail-safe says into the command's answer.</summary>
        private int Answer(uint commandId, int result, TlvWriter response, InteractionContext context)
        {
            switch (result)
            {
                case PendingCredentials.Running:
                    return Pend(commandId, true);
                case MatterError.InvalidState:
                    return ImStatus.FailsafeRequired;
                case MatterError.Duplicate:
                    return ImStatus.ConstraintError;
                case MatterError.OutOfRange:
                    return ImStatus.InvalidCommand;
                case MatterError.Busy:
                    return ImStatus.Busy;
            }

            if (result < 0)
            {
                return ImStatus.Failure;
            }

            switch (commandId)
            {
                case CredentialCommand.CsrRequest:
                    return Pend(commandId, false);
                case CredentialCommand.AddTrustedRootCertificate:
                    return ImStatus.Success;
            }

            if (result == NodeOperationalCertStatus.Ok && context.Session.Type == SessionType.Pase)
            {
                // From here on the commissioner's PASE session acts for the new fabric.
                context.Session.FabricIndex = _failSafe.FabricIndex;
            }

            if (result == NodeOperationalCertStatus.Ok && commandId == CredentialCommand.AddNoc)
            {
                TellAdministratorAdded(context.Session);
            }

            return PutNocResponse(response, result, _failSafe.FabricIndex);
        }

        // AddNOC also makes the first access control entry, which that cluster has an event for.
        private void TellAdministratorAdded(Session session)
        {
            AccessControlCluster accessControl = (AccessControlCluster)Endpoint.Find(AccessControlCluster.ClusterId);
            if (accessControl != null)
            {
                accessControl.AdministratorAdded(_fabrics.Find(_failSafe.FabricIndex), session);
            }
        }

        private int InvokeCertificateChainRequest(int type, TlvWriter response)
        {
            // The types are numbered as the documents are.
            if (type != DeviceAttestation.Dac && type != DeviceAttestation.Pai)
            {
                return ImStatus.InvalidCommand;
            }

            byte[] scratch = _fabrics.Scratch;
            response.PutBytes(0, scratch, 0, _attestation.Copy(type, scratch, 0));
            return ImStatus.Success;
        }

        private int InvokeUpdateFabricLabel(byte[] buffer, TlvWriter response, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            int result = _fabrics.SetLabel(fabric, buffer, _fields.LabelOffset, _fields.LabelLength, context.Now);
            switch (result)
            {
                case 0:
                    return PutNocResponse(response, NodeOperationalCertStatus.Ok, fabric.Index);
                case MatterError.Duplicate:
                    return PutNocResponse(response, NodeOperationalCertStatus.LabelConflict, 0);
                default:
                    return ImStatus.Failure;
            }
        }

        private int InvokeRemoveFabric(TlvWriter response, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(_fields.FabricIndex);
            if (fabric == null)
            {
                return PutNocResponse(response, NodeOperationalCertStatus.InvalidFabricIndex, 0);
            }

            int fabricIndex = fabric.Index;
            bool isOwn = context.Session.FabricIndex == fabricIndex;
            if (isOwn)
            {
                // The session has to carry the answer before it goes with its fabric.
                _sessions.CloseWhenDone(context.Session, context.Now);
            }

            if (_fabrics.Remove(fabric, context.Now) != 0)
            {
                context.Session.ClosesWhenDone = false;
                return ImStatus.Failure;
            }

            return PutNocResponse(response, NodeOperationalCertStatus.Ok, fabricIndex);
        }

        private int InvokeSetVidVerificationStatement(byte[] buffer, InteractionContext context)
        {
            CredentialFields read = _fields;
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            int result = _fabrics.SetVendorVerification(
                fabric, read.VendorId == 0 ? fabric.VendorId : read.VendorId,
                read.HasStatement ? buffer : null, read.StatementOffset, read.StatementLength,
                read.HasVvsc ? buffer : null, read.VvscOffset, read.VvscLength, context.Now);
            switch (result)
            {
                case 0:
                    return ImStatus.Success;
                case MatterError.OutOfRange:
                    return ImStatus.ConstraintError;
                case MatterError.InvalidState:
                    return ImStatus.InvalidCommand;
                default:
                    return ImStatus.Failure;
            }
        }
    }
}
