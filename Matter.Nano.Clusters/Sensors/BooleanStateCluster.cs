using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Boolean State with its event (Matter Application Clusters 1.7). Of a contact sensor, true is closed.</summary>
    public sealed class BooleanStateCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0045;

        private const uint ChangeEventFeature = 1;
        private const uint StateValueId = 0x0000;
        private const uint StateChange = 0x00;

        private static readonly byte[] AttributeTable = { 0x00, 0x00, Access.ReadView, Quality.None };

        private static readonly byte[] EventTable = { 0x00, EventAccess.View | EventAccess.Info };

        /// <summary>Creates the cluster.</summary>
        /// <param name="state">The state at start, of which there is no event.</param>
        public BooleanStateCluster(bool state)
            : base(ClusterId, 3, ChangeEventFeature, AttributeTable, null, EventTable)
        {
            State = state;
        }

        /// <summary>The state.</summary>
        public bool State { get; private set; }

        /// <summary>Tells the state. A change is reported to subscribers and recorded as an event.</summary>
        /// <param name="state">True or false, as the device type has it.</param>
        public void Set(bool state)
        {
            if (State == state)
            {
                return;
            }

            State = state;
            Changed(StateValueId);
            BeginEvent(StateChange).PutBoolean(0, state);
            EndEvent();
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            writer.PutBoolean(tag, State);
            return ImStatus.Success;
        }
    }
}
