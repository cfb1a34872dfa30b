using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// A server cluster: one class with its attributes and commands in one packed table. Ids and access come from the
    /// table and are checked by the interaction model before the class is asked; the class reads, writes and executes.
    /// </summary>
    /// <remarks>
    /// Table of a cluster: for each attribute <c>id high, id low, access, quality</c>;
    /// for each command <c>id, access, response id or 0xFF</c>. Global attributes need no entry.
    /// </remarks>
    public abstract class Cluster
    {
        /// <summary>Creates the cluster.</summary>
        /// <param name="id">Cluster id.</param>
        /// <param name="revision">ClusterRevision.</param>
        /// <param name="features">FeatureMap.</param>
        /// <param name="attributes">Packed attribute table, kept; shared by all instances of the class.</param>
        /// <param name="commands">Packed command table, kept.</param>
        protected Cluster(uint id, int revision, uint features, byte[] attributes, byte[] commands)
        {
            Id = id;
            Revision = revision;
            Features = features;
        }

        /// <summary>Cluster id.</summary>
        public uint Id { get; }

        /// <summary>ClusterRevision.</summary>
        public int Revision { get; }

        /// <summary>FeatureMap.</summary>
        public uint Features { get; }

        /// <summary>Changes with every change of an attribute that counts (Matter Core 7.10.3).</summary>
        public uint DataVersion { get; internal set; }

        /// <summary>Writes the value of one attribute of the table that is no list.</summary>
        /// <param name="attributeId">An id from the table.</param>
        /// <param name="writer">Receives exactly one element.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>.</returns>
        public abstract int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context);

        /// <summary>Writes one item of a list attribute: lists are asked for item by item, so that they can be chunked anywhere.</summary>
        /// <param name="attributeId">An id from the table marked as a list.</param>
        /// <param name="index">Position, from 0; a position may write nothing (an entry of another fabric).</param>
        /// <param name="writer">Receives one anonymous element.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus.Success"/>, or <see cref="ImStatus.NotFound"/> past the last position.</returns>
        public virtual int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context) { return ImStatus.NotFound; }

        /// <summary>Changes an attribute that is no list, or replaces a list as a whole.</summary>
        /// <param name="attributeId">An id from the table marked as writable.</param>
        /// <param name="value">Stands on the value.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>; nothing has changed unless it is Success.</returns>
        public virtual int Write(uint attributeId, TlvReader value, InteractionContext context) { return ImStatus.UnsupportedWrite; }

        /// <summary>Appends one item to a list attribute.</summary>
        /// <param name="attributeId">An id from the table marked as writable and a list.</param>
        /// <param name="item">Stands on the item.</param>
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
        /// <returns><see cref="ImStatus"/>, or <see cref="ImStatus.Pending"/> to be continued by <see cref="Continue"/>.</returns>
        public virtual int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context) { return ImStatus.UnsupportedCommand; }

        /// <summary>Goes on with the command that answered <see cref="ImStatus.Pending"/>: a bounded step at each Poll. One at a time per node.</summary>
        /// <param name="response">Receives the fields of the response command.</param>
        /// <param name="context">Who asked.</param>
        /// <returns><see cref="ImStatus"/> or again <see cref="ImStatus.Pending"/>.</returns>
        public virtual int Continue(TlvWriter response, InteractionContext context) { return ImStatus.Failure; }

        /// <summary>The peer of a pending command is gone: release what it holds.</summary>
        public virtual void Cancel()
        {
        }

        /// <summary>Time for the cluster's own timers.</summary>
        /// <param name="now">Monotonic ms.</param>
        /// <returns>When to call again at the latest; long.MaxValue for never.</returns>
        public virtual long Poll(long now) { return long.MaxValue; }

        /// <summary>Tells that an attribute changed: DataVersion moves on, subscribers get a report.</summary>
        /// <param name="attributeId">The attribute.</param>
        protected void Changed(uint attributeId) { }
    }
}
