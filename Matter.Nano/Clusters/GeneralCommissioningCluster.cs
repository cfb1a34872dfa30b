using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Sessions;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>General Commissioning (Matter Core 11.10): fail-safe, regulatory configuration, completion.</summary>
    public sealed class GeneralCommissioningCluster : Cluster, IFailSafeListener
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0030;

        private const uint BreadcrumbId = 0x0000;
        private const uint BasicCommissioningInfoId = 0x0001;
        private const uint RegulatoryConfigId = 0x0002;
        private const uint LocationCapabilityId = 0x0003;
        private const uint SupportsConcurrentConnectionId = 0x0004;

        private const uint ArmFailSafe = 0x00;
        private const uint SetRegulatoryConfig = 0x02;
        private const uint CommissioningComplete = 0x04;
        private const byte ArmFailSafeResponse = 0x01;
        private const byte SetRegulatoryConfigResponse = 0x03;
        private const byte CommissioningCompleteResponse = 0x05;

        private const int IndoorOutdoor = 2;
        private const int CountryCodeLength = 2;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView | Access.WriteAdminister, Quality.None,
            0x00, 0x01, Access.ReadView, Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.None,
            0x00, 0x03, Access.ReadView, Quality.Fixed,
            0x00, 0x04, Access.ReadView, Quality.Fixed,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Administer, ArmFailSafeResponse,
            0x02, CommandAccess.Administer, SetRegulatoryConfigResponse,
            0x04, CommandAccess.Administer | CommandAccess.FabricScoped, CommissioningCompleteResponse,
        };

        private readonly FailSafe _failSafe;
        private readonly SessionTable _sessions;
        private readonly BasicInformationCluster _basicInformation;
        private int _regulatoryConfig = IndoorOutdoor;
        private int _formerRegulatoryConfig;
        private bool _isRegulated; // under the fail-safe: taken back if it expires

        /// <summary>Creates the cluster.</summary>
        /// <param name="failSafe">The node's fail-safe.</param>
        /// <param name="sessions">The node's sessions.</param>
        /// <param name="basicInformation">Keeps the country code as its Location.</param>
        public GeneralCommissioningCluster(FailSafe failSafe, SessionTable sessions, BasicInformationCluster basicInformation)
            : base(ClusterId, 2, 0, AttributeTable, CommandTable)
        {
            _failSafe = failSafe;
            _sessions = sessions;
            _basicInformation = basicInformation;
            failSafe.AddListener(this);
        }

        /// <inheritdoc/>
        public int FailSafeCompleting(long now)
        {
            return 0;
        }

        /// <inheritdoc/>
        public void FailSafeCompleted(long now)
        {
            Changed(BreadcrumbId);
            if (_isRegulated)
            {
                _isRegulated = false;
                _basicInformation.KeepLocation();
            }
        }

        /// <inheritdoc/>
        public void FailSafeExpired(int updatedFabric, long now)
        {
            Changed(BreadcrumbId);
            if (_isRegulated)
            {
                _isRegulated = false;
                _regulatoryConfig = _formerRegulatoryConfig;
                Changed(RegulatoryConfigId);
                _basicInformation.RestoreLocation();
            }
        }

        /// <summary>Sets the Breadcrumb: a command that carries one has succeeded.</summary>
        /// <param name="breadcrumb">Its new value.</param>
        internal void SetBreadcrumb(ulong breadcrumb)
        {
            _failSafe.Breadcrumb = breadcrumb;
            Changed(BreadcrumbId);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case BreadcrumbId:
                    writer.PutUnsigned(tag, _failSafe.Breadcrumb);
                    break;
                case BasicCommissioningInfoId:
                    writer.StartStructure(tag);
                    writer.PutUnsigned(0, FailSafe.ExpiryLengthSeconds);
                    writer.PutUnsigned(1, FailSafe.MaxCumulativeSeconds);
                    writer.EndContainer();
                    break;
                case RegulatoryConfigId:
                    writer.PutUnsigned(tag, (ulong)_regulatoryConfig);
                    break;
                case LocationCapabilityId:
                    writer.PutUnsigned(tag, IndoorOutdoor);
                    break;
                case SupportsConcurrentConnectionId:
                    writer.PutBoolean(tag, true);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Write(uint attributeId, TlvReader value, InteractionContext context)
        {
            ulong breadcrumb = value.GetUnsigned(ulong.MaxValue);
            if (value.Error != 0)
            {
                return ImStatus.OfValue(value.Error);
            }

            SetBreadcrumb(breadcrumb);
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            switch (commandId)
            {
                case ArmFailSafe:
                    return InvokeArmFailSafe(fields, response, context);
                case SetRegulatoryConfig:
                    return InvokeSetRegulatoryConfig(fields, response, context);
                case CommissioningComplete:
                    return InvokeCommissioningComplete(response, context);
                default:
                    return ImStatus.UnsupportedCommand;
            }
        }

        private static int Answer(TlvWriter response, int code)
        {
            response.PutUnsigned(0, (ulong)code);
            response.PutString(1, response.Buffer, 0, 0);
            return ImStatus.Success;
        }

        private int InvokeArmFailSafe(TlvReader fields, TlvWriter response, InteractionContext context)
        {
            int present = 0;
            int seconds = 0;
            ulong breadcrumb = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        seconds = (int)fields.GetUnsigned(0xFFFF);
                        present |= 1;
                        break;
                    case 1:
                        breadcrumb = fields.GetUnsigned(ulong.MaxValue);
                        present |= 2;
                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != 3)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            Session session = context.Session;
            bool isPase = session.Type == SessionType.Pase;
            if (seconds == 0 && _failSafe.IsArmedBy(context.FabricIndex) && (isPase || _failSafe.Credentials.NocFabricIndex != 0))
            {
                // Expiry ends PASE sessions and those of the fabric it takes back; this one first carries the answer.
                _sessions.CloseWhenDone(session, context.Now);
            }

            int code = _failSafe.Arm(seconds, breadcrumb, context.FabricIndex, isPase, context.Now);
            if (code == CommissioningError.Ok)
            {
                Changed(BreadcrumbId);
            }

            return Answer(response, code);
        }

        private int InvokeSetRegulatoryConfig(TlvReader fields, TlvWriter response, InteractionContext context)
        {
            int present = 0;
            int config = 0;
            int country = 0;
            ulong breadcrumb = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        config = (int)fields.GetUnsigned(0xFF);
                        present |= 1;
                        break;
                    case 1:
                        fields.GetString(CountryCodeLength, CountryCodeLength);
                        country = fields.ValueOffset;
                        present |= 2;
                        break;
                    case 2:
                        breadcrumb = fields.GetUnsigned(ulong.MaxValue);
                        present |= 4;
                        break;
                }
            }

            fields.Exit();
            if (fields.Error != 0 || present != 7)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            if (config > IndoorOutdoor)
            {
                return Answer(response, CommissioningError.ValueOutsideRange);
            }

            bool isStaged = _failSafe.IsArmedBy(context.FabricIndex);
            if (isStaged && !_isRegulated)
            {
                _isRegulated = true;
                _formerRegulatoryConfig = _regulatoryConfig;
            }

            _regulatoryConfig = config;
            Changed(RegulatoryConfigId);
            _basicInformation.SetLocation(fields.Buffer, country, isStaged);
            SetBreadcrumb(breadcrumb);
            return Answer(response, CommissioningError.Ok);
        }

        private int InvokeCommissioningComplete(TlvWriter response, InteractionContext context)
        {
            int code = _failSafe.Complete(context.FabricIndex, context.Session.Type == SessionType.Case, context.Now);
            if (code < 0)
            {
                return ImStatus.Failure;
            }

            if (code == CommissioningError.Ok)
            {
                _sessions.ClosePase(null, context.Now);
            }

            return Answer(response, code);
        }
    }
}
