using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Administrator Commissioning with the Basic feature (Matter Core 11.19): opens the window for another administrator.</summary>
    public sealed class AdministratorCommissioningCluster : Cluster, ICommissioningWindowListener
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x003C;

        private const uint WindowStatusId = 0x0000;
        private const uint AdminFabricIndexId = 0x0001;
        private const uint AdminVendorIdId = 0x0002;

        private const uint OpenCommissioningWindow = 0x00;
        private const uint OpenBasicCommissioningWindow = 0x01;
        private const uint RevokeCommissioning = 0x02;

        private const uint BasicFeature = 1;
        private const int MaxDiscriminator = 0xFFF;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x00, Access.ReadView, Quality.None,
            0x00, 0x01, Access.ReadView, Quality.Nullable,
            0x00, 0x02, Access.ReadView, Quality.Nullable,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Administer | CommandAccess.Timed, CommandAccess.NoResponse,
            0x01, CommandAccess.Administer | CommandAccess.Timed, CommandAccess.NoResponse,
            0x02, CommandAccess.Administer | CommandAccess.Timed, CommandAccess.NoResponse,
        };

        private readonly FabricTable _fabrics;
        private readonly CommissioningWindow _window;
        private readonly FailSafe _failSafe;

        /// <summary>Creates the cluster.</summary>
        /// <param name="fabrics">The node's fabrics.</param>
        /// <param name="window">The node's window.</param>
        /// <param name="failSafe">The node's fail-safe: revoking an open window expires it.</param>
        public AdministratorCommissioningCluster(FabricTable fabrics, CommissioningWindow window, FailSafe failSafe)
            : base(ClusterId, 1, BasicFeature, AttributeTable, CommandTable)
        {
            _fabrics = fabrics;
            _window = window;
            _failSafe = failSafe;
            window.AddListener(this);
        }

        /// <inheritdoc/>
        public void CommissioningWindowChanged(CommissioningWindow window, long now)
        {
            Changed(WindowStatusId);
            Changed(AdminFabricIndexId);
            Changed(AdminVendorIdId);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            switch (attributeId)
            {
                case WindowStatusId:
                    writer.PutUnsigned(tag, (ulong)_window.Status);
                    break;
                case AdminFabricIndexId:
                    PutNullable(writer, tag, _window.AdminFabricIndex);
                    break;
                case AdminVendorIdId:
                    PutNullable(writer, tag, _window.AdminVendorId);
                    break;
                default:
                    return ImStatus.UnsupportedAttribute;
            }

            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            Fabric fabric = _fabrics.Find(context.FabricIndex);
            switch (commandId)
            {
                case OpenCommissioningWindow:
                    return fabric == null ? ImStatus.UnsupportedAccess : InvokeOpen(fields, fabric, context.Now);
                case OpenBasicCommissioningWindow:
                    return fabric == null ? ImStatus.UnsupportedAccess : InvokeOpenBasic(fields, fabric, context.Now);
                case RevokeCommissioning:
                    // While a window is open, whoever armed the fail-safe came through it.
                    if (_window.Status != CommissioningWindow.NotOpen)
                    {
                        _failSafe.Expire(context.Now);
                    }

                    return StatusOf(_window.Revoke(context.Now));
                default:
                    return ImStatus.UnsupportedCommand;
            }
        }

        private static void PutNullable(TlvWriter writer, int tag, int value)
        {
            if (value == 0)
            {
                writer.PutNull(tag);
            }
            else
            {
                writer.PutUnsigned(tag, (ulong)value);
            }
        }

        private static int StatusOf(int result)
        {
            if (result == 0)
            {
                return ImStatus.Success;
            }

            return result < 0 ? ImStatus.InvalidCommand : ImStatus.ClusterSpecific(result);
        }

        private int InvokeOpen(TlvReader fields, Fabric fabric, long now)
        {
            int present = 0;
            int timeout = 0;
            int verifier = 0;
            int verifierLength = 0;
            int discriminator = 0;
            uint iterations = 0;
            int salt = 0;
            int saltLength = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        timeout = (int)fields.GetUnsigned(0xFFFF);
                        break;
                    case 1:
                        verifierLength = fields.GetBytes(0, int.MaxValue);
                        verifier = fields.ValueOffset;
                        break;
                    case 2:
                        discriminator = (int)fields.GetUnsigned(MaxDiscriminator);
                        break;
                    case 3:
                        iterations = (uint)fields.GetUnsigned(uint.MaxValue);
                        break;
                    case 4:
                        saltLength = fields.GetBytes(0, int.MaxValue);
                        salt = fields.ValueOffset;
                        break;
                    default:
                        continue;
                }

                present |= 1 << fields.Tag;
            }

            fields.Exit();
            if (fields.Error != 0 || present != 0x1F)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            byte[] buffer = fields.Buffer;
            return StatusOf(_window.OpenEnhanced(
                timeout, buffer, verifier, verifierLength, discriminator, iterations, buffer, salt, saltLength, fabric, now));
        }

        private int InvokeOpenBasic(TlvReader fields, Fabric fabric, long now)
        {
            int timeout = -1;
            fields.Enter();
            while (fields.Next())
            {
                if (fields.Tag == 0)
                {
                    timeout = (int)fields.GetUnsigned(0xFFFF);
                }
            }

            fields.Exit();
            if (fields.Error != 0 || timeout < 0)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            return StatusOf(_window.OpenBasic(timeout, fabric, now));
        }
    }
}
