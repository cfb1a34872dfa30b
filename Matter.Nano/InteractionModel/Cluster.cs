using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// A server cluster: one class with its attributes, commands and events in packed tables. Ids, access, timed and fabric
    /// rules come from the tables and are checked by the interaction model before the class is asked; global attributes
    /// are answered from them. The class reads, writes and executes.
    /// </summary>
    /// <remarks>
    /// <code>
    /// private static readonly byte[] AttributeTable =
    /// {
    ///     // id,     access,                                  quality
    ///     0x00, 0x00, Access.ReadView,                        Quality.NonVolatile,                                        // OnOff
    ///     0x40, 0x01, Access.ReadView | Access.WriteOperate,  Quality.Optional,                                           // OnTime
    ///     0x40, 0x03, Access.ReadView | Access.WriteManage,   Quality.Optional | Quality.Nullable | Quality.NonVolatile,  // StartUpOnOff
    /// };
    ///
    /// private static readonly byte[] CommandTable =
    /// {
    ///     // id, access,                 response
    ///     0x00, CommandAccess.Operate, CommandAccess.NoResponse,                             // Off
    ///     0x42, CommandAccess.Operate | CommandAccess.Optional, CommandAccess.NoResponse,    // OnWithTimedOff
    /// };
    ///
    /// private static readonly byte[] EventTable =
    /// {
    ///     // id, access and priority
    ///     0x00, EventAccess.View | EventAccess.Info,         // StateChange
    /// };
    ///
    /// TlvWriter fields = BeginEvent(StateChange);
    /// fields.PutBoolean(0, state);
    /// EndEvent();
    /// </code>
    /// </remarks>
    public abstract partial class Cluster
    {
        // Every field of every cluster is 12 bytes of heap, so revision, IsUnsaved and ordinal share one.
        private const int RevisionMask = 0xFFFF;
        private const int UnsavedBit = 1 << 16;
        private const int OrdinalShift = 17;
        private const int MaxOrdinal = 0x3FFF;

        private readonly byte[] _attributes;
        private readonly byte[] _commands;
        private readonly byte[] _events; // null for none
        private readonly uint _features;
        private int _state;

        /// <summary>Creates a cluster without events.</summary>
        /// <param name="id">Cluster id; a manufacturer-specific one has the vendor id in its upper 16 bits.</param>
        /// <param name="revision">ClusterRevision.</param>
        /// <param name="features">FeatureMap.</param>
        /// <param name="attributes">
        /// Attribute table, kept, shared by the instances of a class: for each attribute of four bytes its id
        /// (big-endian, lower 16 bits), one of <see cref="Access"/>, one of <see cref="Quality"/>. Null for none. Global
        /// attributes have no row.
        /// </param>
        /// <param name="commands">
        /// Command table, kept: for each accepted command three bytes: its id, <see cref="CommandAccess"/>, the id of its
        /// response or <see cref="CommandAccess.NoResponse"/>. Null for none.
        /// </param>
        protected Cluster(uint id, int revision, uint features, byte[] attributes, byte[] commands)
            : this(id, revision, features, attributes, commands, null)
        {
        }

        /// <summary>Creates a cluster with events.</summary>
        /// <param name="id">Cluster id; a manufacturer-specific one has the vendor id in its upper 16 bits.</param>
        /// <param name="revision">ClusterRevision.</param>
        /// <param name="features">FeatureMap.</param>
        /// <param name="attributes">Attribute table, as above.</param>
        /// <param name="commands">Command table, as above.</param>
        /// <param name="events">Event table, kept: for each event two bytes: its id, <see cref="EventAccess"/>. Null for none.</param>
        protected Cluster(uint id, int revision, uint features, byte[] attributes, byte[] commands, byte[] events)
        {
            Id = id;
            _state = revision;
            _features = features;
            _attributes = attributes == null ? new byte[0] : attributes;
            _commands = commands == null ? new byte[0] : commands;
            _events = events;
            if (_attributes.Length % AttributeRowLength != 0 || _commands.Length % CommandRowLength != 0
                || (events != null && events.Length % EventRowLength != 0))
            {
                throw new ArgumentException("cluster table");
            }
        }

        /// <summary>Cluster id.</summary>
        public uint Id { get; }

        /// <summary>ClusterRevision.</summary>
        public int Revision { get { return _state & RevisionMask; } }

        /// <summary>FeatureMap; must not change while the node runs.</summary>
        public virtual uint Features { get { return _features; } }

        /// <summary>The endpoint that it stands on, once added to one.</summary>
        public Endpoint Endpoint { get; internal set; }

        /// <summary>Changes with every change of an attribute that counts.</summary>
        public uint DataVersion { get; internal set; }

        /// <summary>Number of the cluster in the model, as far as there are numbers: the last one may be that of many.</summary>
        internal int Ordinal
        {
            get { return _state >> OrdinalShift; }
            set { _state = (_state & ((1 << OrdinalShift) - 1)) | ((value < MaxOrdinal ? value : MaxOrdinal) << OrdinalShift); }
        }

        /// <summary>Stamp of the latest change of any attribute.</summary>
        internal int ChangeStamp { get; set; }

        /// <summary>Stamp of the latest change of which it is forgotten what changed.</summary>
        internal int LostStamp { get; set; }

        /// <summary>True from a change of what survives a restart until it is saved.</summary>
        internal bool IsUnsaved
        {
            get { return (_state & UnsavedBit) != 0; }
            set { _state = value ? _state | UnsavedBit : _state & ~UnsavedBit; }
        }

        /// <summary>Attributes in the table, absent optional ones included.</summary>
        internal int TableRows { get { return _attributes.Length / AttributeRowLength; } }

        /// <summary>
        /// Upper 16 bits of the ids of rows marked <see cref="Quality.Vendor"/>, <see cref="CommandAccess.Vendor"/> or
        /// <see cref="EventAccess.Vendor"/>: by default those of the cluster id; a standard cluster extended by a manufacturer's attributes overrides it.
        /// </summary>
        public virtual int VendorId { get { return (int)(Id >> 16); } }

        /// <summary>Whether this instance has an attribute whose row is marked <see cref="Quality.Optional"/>; must not change while the node runs.</summary>
        /// <param name="attributeId">Its id.</param>
        /// <returns>True by default.</returns>
        public virtual bool Has(uint attributeId) { return true; }

        /// <summary>Whether this instance has a command whose row is marked <see cref="CommandAccess.Optional"/>; must not change while the node runs.</summary>
        /// <param name="commandId">Its id.</param>
        /// <returns>True by default.</returns>
        public virtual bool HasCommand(uint commandId) { return true; }

        /// <summary>Whether this instance has an event whose row is marked <see cref="EventAccess.Optional"/>; must not change while the node runs.</summary>
        /// <param name="eventId">Its id.</param>
        /// <returns>True by default.</returns>
        public virtual bool HasEvent(uint eventId) { return true; }

        /// <summary>Writes the value of one attribute of the table that is no list.</summary>
        /// <param name="attributeId">An id from the table.</param>
        /// <param name="writer">Receives exactly one element; running out of room is the caller's affair.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>.</returns>
        public abstract int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context);

        /// <summary>Writes one item of a list attribute: lists are asked for item by item, so that they can be chunked anywhere.</summary>
        /// <param name="attributeId">An id from the table marked as a list.</param>
        /// <param name="index">
        /// Position, from 0. A position may write nothing: a free row, an entry of another fabric while
        /// <see cref="InteractionContext.IsFabricFiltered"/>.
        /// </param>
        /// <param name="writer">Receives one anonymous element; running out of room is the caller's affair.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus.Success"/>, or <see cref="ImStatus.NotFound"/> past the last position.</returns>
        public virtual int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context) { return ImStatus.NotFound; }

        /// <summary>
        /// Changes an attribute that is no list, or replaces a list as a whole: for a fabric-scoped list the accessing
        /// fabric's entries. Calls <see cref="Changed"/> if the value is another one.
        /// </summary>
        /// <param name="attributeId">An id from the table marked as writable.</param>
        /// <param name="value">Stands on the value; for a list on an array not yet entered. Valid only during the call.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>, for a fault of the reader <see cref="ImStatus.OfValue"/>; nothing has changed unless it is Success.</returns>
        public virtual int Write(uint attributeId, TlvReader value, InteractionContext context) { return ImStatus.UnsupportedWrite; }

        /// <summary>Appends one item to a list attribute.</summary>
        /// <param name="attributeId">An id from the table marked as writable and a list.</param>
        /// <param name="item">Stands on the item. Valid only during the call.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>; nothing has changed unless it is Success.</returns>
        public virtual int WriteItem(uint attributeId, TlvReader item, InteractionContext context) { return ImStatus.UnsupportedWrite; }

        /// <summary>
        /// Executes a command. Fields of a response command are written into <paramref name="response"/>, inside a
        /// structure already open; what was written is dropped unless the status is Success.
        /// </summary>
        /// <param name="commandId">An id from the table.</param>
        /// <param name="fields">Stands on the fields structure, not yet entered; valid only during the call.</param>
        /// <param name="response">Receives the fields of the response command, if the table names one.</param>
        /// <param name="context">Who asks.</param>
        /// <returns>
        /// <see cref="ImStatus"/>, for a fault of the reader <see cref="ImStatus.OfFields"/>, or
        /// <see cref="ImStatus.Pending"/> to be continued by <see cref="Continue"/>.
        /// </returns>
        public virtual int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context) { return ImStatus.UnsupportedCommand; }

        /// <summary>
        /// Goes on with the command that answered <see cref="ImStatus.Pending"/>: a bounded step at each Poll, or as <see cref="ContinueAt"/> says. One at a
        /// time per node: meanwhile this cluster's other commands are answered BUSY without being asked, another cluster's
        /// if they become pending too.
        /// </summary>
        /// <param name="response">Receives the fields of the response command, empty again at each call.</param>
        /// <param name="context">Who asked.</param>
        /// <returns><see cref="ImStatus"/> or again <see cref="ImStatus.Pending"/>.</returns>
        public virtual int Continue(TlvWriter response, InteractionContext context) { return ImStatus.Failure; }

        /// <summary>When <see cref="Continue"/> is wanted again: by default at once. Asked after each call that left the command pending.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>The time; a command that waits for something outside names a later one, so that the node can sleep.</returns>
        public virtual long ContinueAt(long now) { return now; }

        /// <summary>The pending command's peer is gone, or another cluster's command was pending already: release what this one holds.</summary>
        public virtual void Cancel()
        {
        }

        /// <summary>Time for the cluster's own timers. Called when due and after each call of <see cref="Wake"/>, and at no harm more often.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public virtual long Poll(long now) { return long.MaxValue; }

        /// <summary>A fabric was removed: forget what belongs to it.</summary>
        /// <param name="fabricIndex">Its index.</param>
        public virtual void FabricRemoved(int fabricIndex)
        {
        }

        /// <summary>The endpoint was taken out of a group: forget what belongs to it.</summary>
        /// <param name="fabricIndex">The group's fabric.</param>
        /// <param name="groupId">The group; 0 for all of the fabric, and for what belongs to none.</param>
        public virtual void GroupRemoved(int fabricIndex, int groupId)
        {
        }

        /// <summary>An endpoint below this one came or went while the node runs.</summary>
        public virtual void PartsChanged()
        {
        }

        /// <summary>The endpoint is removed from the running node: what other endpoints keep of it has to go. What is stored of this cluster goes by itself.</summary>
        public virtual void Removed()
        {
        }

        /// <summary>
        /// Writes what must survive a restart as members of a structure already open. Called some time after a change of an
        /// attribute marked <see cref="Quality.NonVolatile"/> or <see cref="SaveSoon"/>. Writing nothing stores nothing.
        /// </summary>
        /// <param name="writer">Receives the members, tags at will (the attribute ids are a good choice).</param>
        public virtual void Save(TlvWriter writer)
        {
        }

        /// <summary>Takes back what <see cref="Save"/> wrote; at start-up, before anything else. Unknown members are skipped, a faulty one leaves its default.</summary>
        /// <param name="reader">Stands before the first member: <c>while (reader.Next())</c>.</param>
        public virtual void Load(TlvReader reader)
        {
        }

        /// <summary>Tells that an attribute changed: DataVersion moves on, subscribers get a report, a non-volatile one is saved.</summary>
        /// <param name="attributeId">An id from the table; nothing happens if this instance lacks it.</param>
        protected void Changed(uint attributeId)
        {
            int row = FindAttribute(attributeId);
            if (row < 0)
            {
                return;
            }

            int quality = GetQuality(row);
            if ((quality & Quality.NonVolatile) != 0)
            {
                SaveSoon();
            }

            if ((quality & Quality.ChangesOmitted) == 0)
            {
                DataVersion++;
                if (Endpoint != null && Endpoint.Model != null)
                {
                    Endpoint.Model.Note(this, attributeId);
                }
            }
        }

        /// <summary>
        /// Begins an event: write its fields, then call <see cref="EndEvent"/>. Goes straight into the node's event log. Its
        /// time is that of the node's present call, or of its next Poll if the application raises it in between.
        /// </summary>
        /// <param name="eventId">An id from the table; nothing is recorded if this instance lacks it.</param>
        /// <returns>Receives the fields as members of a structure already open, up to about 200 bytes.</returns>
        protected TlvWriter BeginEvent(uint eventId) { return BeginEvent(eventId, 0); }

        /// <summary>Begins an event marked <see cref="EventAccess.FabricSensitive"/>, to which FabricIndex is added.</summary>
        /// <param name="eventId">An id from the table; nothing is recorded if this instance lacks it.</param>
        /// <param name="fabricIndex">The only fabric that will see it.</param>
        /// <returns>Receives the other fields as members of a structure already open.</returns>
        protected TlvWriter BeginEvent(uint eventId, int fabricIndex)
        {
            EventLog log = Events;
            return log == null ? new TlvWriter() : log.Begin(this, eventId, fabricIndex);
        }

        /// <summary>Records the event begun; subscribers that want it urgently get a report.</summary>
        /// <returns>
        /// 0; <see cref="MatterError.NotFound"/> if this instance lacks it or is on no node yet; otherwise it is too long or its number
        /// could not be reserved in the store, and it is lost.
        /// </returns>
        protected int EndEvent()
        {
            EventLog log = Events;
            int result = log == null ? MatterError.NotFound : log.Commit();
            if (result == 0)
            {
                Endpoint.Model.NoteEvent();
            }

            return result;
        }

        /// <summary>Has <see cref="Save"/> called soon, for state that is no attribute.</summary>
        protected void SaveSoon()
        {
            IsUnsaved = true;
            if (Endpoint != null && Endpoint.Model != null)
            {
                Endpoint.Model.HasUnsaved = true;
            }
        }

        // Null before the cluster is on a node, and on a model without a log.
        private EventLog Events { get { return Endpoint == null || Endpoint.Model == null ? null : Endpoint.Model.Events; } }

        /// <summary>Has <see cref="Poll"/> called at the node's next Poll: after a timer was set outside of it.</summary>
        protected void Wake()
        {
            if (Endpoint != null && Endpoint.Model != null)
            {
                Endpoint.Model.Wake();
            }
        }
    }
}
