using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <content>The tables as the interaction model reads them: rows, the global attributes, the lists made from them.</content>
    public abstract partial class Cluster
    {
        internal const uint GeneratedCommandList = 0xFFF8;
        internal const uint AcceptedCommandList = 0xFFF9;
        internal const uint AttributeList = 0xFFFB;
        internal const uint FeatureMap = 0xFFFC;
        internal const uint ClusterRevision = 0xFFFD;

        // Global attributes stand in rows of their own after those of the table.
        internal const int GlobalRows = 5;

        private const int AttributeRowLength = 4;
        private const int CommandRowLength = 3;
        private const int EventRowLength = 2;

        /// <summary>The row of an attribute that this instance has, global ones included.</summary>
        /// <param name="attributeId">Its id.</param>
        /// <returns>The row or <see cref="MatterError.NotFound"/>.</returns>
        internal int FindAttribute(uint attributeId)
        {
            byte[] table = _attributes;
            byte high = (byte)(attributeId >> 8);
            byte low = (byte)attributeId;
            for (int at = 0; at < table.Length; at += AttributeRowLength)
            {
                if (table[at + 1] == low && table[at] == high && GetAttributeId(at / AttributeRowLength) == attributeId)
                {
                    return IsPresent(at / AttributeRowLength) ? at / AttributeRowLength : MatterError.NotFound;
                }
            }

            switch (attributeId)
            {
                case GeneratedCommandList: return TableRows;
                case AcceptedCommandList: return TableRows + 1;
                case AttributeList: return TableRows + 2;
                case FeatureMap: return TableRows + 3;
                case ClusterRevision: return TableRows + 4;
                default: return MatterError.NotFound;
            }
        }

        /// <summary>Whether this instance has the attribute of a row.</summary>
        /// <param name="row">0 to <see cref="TableRows"/> + <see cref="GlobalRows"/> - 1.</param>
        /// <returns>False for an absent optional one.</returns>
        internal bool IsPresent(int row)
        {
            return row >= TableRows || (_attributes[(row * AttributeRowLength) + 3] & Quality.Optional) == 0 || Has(GetAttributeId(row));
        }

        /// <summary>The id of a row's attribute.</summary>
        /// <param name="row">0 to <see cref="TableRows"/> + <see cref="GlobalRows"/> - 1.</param>
        /// <returns>The id.</returns>
        internal uint GetAttributeId(int row)
        {
            switch (row - TableRows)
            {
                case 0: return GeneratedCommandList;
                case 1: return AcceptedCommandList;
                case 2: return AttributeList;
                case 3: return FeatureMap;
                case 4: return ClusterRevision;
            }

            int at = row * AttributeRowLength;
            uint id = (uint)(_attributes[at] << 8 | _attributes[at + 1]);
            return (_attributes[at + 3] & Quality.Vendor) == 0 ? id : id | (uint)VendorId << 16;
        }

        /// <summary>A row's <see cref="InteractionModel.Access"/>.</summary>
        /// <param name="row">0 to <see cref="TableRows"/> + <see cref="GlobalRows"/> - 1.</param>
        /// <returns>The flags.</returns>
        internal int GetAccess(int row)
        {
            return row < TableRows ? _attributes[(row * AttributeRowLength) + 2] : Access.ReadView;
        }

        /// <summary>A row's <see cref="InteractionModel.Quality"/>.</summary>
        /// <param name="row">0 to <see cref="TableRows"/> + <see cref="GlobalRows"/> - 1.</param>
        /// <returns>The flags.</returns>
        internal int GetQuality(int row)
        {
            if (row < TableRows)
            {
                return _attributes[(row * AttributeRowLength) + 3];
            }

            return row - TableRows < 3 ? Quality.Fixed | Quality.List : Quality.Fixed;
        }

        /// <summary>Writes the value of a row's attribute that is no list.</summary>
        /// <param name="row">The row.</param>
        /// <param name="writer">Receives it.</param>
        /// <param name="tag">Its tag.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus"/>.</returns>
        internal int ReadRow(int row, TlvWriter writer, int tag, InteractionContext context)
        {
            if (row < TableRows)
            {
                return Read(GetAttributeId(row), writer, tag, context);
            }

            writer.PutUnsigned(tag, row == TableRows + 3 ? Features : (uint)Revision);
            return ImStatus.Success;
        }

        /// <summary>Writes one item of a row's list.</summary>
        /// <param name="row">The row.</param>
        /// <param name="index">Position.</param>
        /// <param name="writer">Receives the item, if any.</param>
        /// <param name="context">Who asks.</param>
        /// <returns><see cref="ImStatus.Success"/>, or <see cref="ImStatus.NotFound"/> past the last position.</returns>
        internal int ReadRowItem(int row, int index, TlvWriter writer, InteractionContext context)
        {
            switch (row - TableRows)
            {
                case 0: return ReadGeneratedCommand(index, writer);
                case 1: return ReadAcceptedCommand(index, writer);
                case 2: return ReadAttributeId(index, writer);
                default: return ReadItem(GetAttributeId(row), index, writer, context);
            }
        }

        /// <summary>The row of a command that this instance accepts.</summary>
        /// <param name="commandId">Its id.</param>
        /// <returns>The row or <see cref="MatterError.NotFound"/>.</returns>
        internal int FindCommand(uint commandId)
        {
            byte[] table = _commands;
            byte low = (byte)commandId;
            for (int at = 0; at < table.Length; at += CommandRowLength)
            {
                if (table[at] == low && CommandId(at, low) == commandId)
                {
                    return (table[at + 1] & CommandAccess.Optional) == 0 || HasCommand(commandId) ? at / CommandRowLength : MatterError.NotFound;
                }
            }

            return MatterError.NotFound;
        }

        /// <summary>A command row's <see cref="InteractionModel.CommandAccess"/>.</summary>
        /// <param name="row">From <see cref="FindCommand"/>.</param>
        /// <returns>The flags.</returns>
        internal int GetCommandAccess(int row)
        {
            return _commands[(row * CommandRowLength) + 1];
        }

        /// <summary>Whether a command row names a response command.</summary>
        /// <param name="row">From <see cref="FindCommand"/>.</param>
        /// <returns>False if a status is all that comes back.</returns>
        internal bool HasResponse(int row)
        {
            return _commands[(row * CommandRowLength) + 2] != CommandAccess.NoResponse;
        }

        /// <summary>A command row's response id.</summary>
        /// <param name="row">From <see cref="FindCommand"/>, of a command with a response.</param>
        /// <returns>The id.</returns>
        internal uint GetResponseId(int row)
        {
            int at = row * CommandRowLength;
            return CommandId(at, _commands[at + 2]);
        }

        /// <summary>The row of an event that this instance has.</summary>
        /// <param name="eventId">Its id.</param>
        /// <returns>The row or <see cref="MatterError.NotFound"/>.</returns>
        internal int FindEvent(uint eventId)
        {
            byte[] table = _events;
            for (int at = 0; table != null && at < table.Length; at += EventRowLength)
            {
                int access = table[at + 1];
                if (eventId == ((access & EventAccess.Vendor) == 0 ? table[at] : table[at] | (uint)VendorId << 16))
                {
                    return (access & EventAccess.Optional) == 0 || HasEvent(eventId) ? at / EventRowLength : MatterError.NotFound;
                }
            }

            return MatterError.NotFound;
        }

        /// <summary>An event row's <see cref="InteractionModel.EventAccess"/>.</summary>
        /// <param name="row">From <see cref="FindEvent"/>.</param>
        /// <returns>The flags.</returns>
        internal int GetEventAccess(int row)
        {
            return _events[(row * EventRowLength) + 1];
        }

        // Rows are the positions, so absent commands and attributes leave gaps in them.
        private int ReadAcceptedCommand(int index, TlvWriter writer)
        {
            int at = index * CommandRowLength;
            if (at >= _commands.Length)
            {
                return ImStatus.NotFound;
            }

            if (IsAccepted(at))
            {
                writer.PutUnsigned(TlvTag.Anonymous, CommandId(at, _commands[at]));
            }

            return ImStatus.Success;
        }

        // Several commands may share a response: its first row counts.
        private int ReadGeneratedCommand(int index, TlvWriter writer)
        {
            byte[] table = _commands;
            int at = index * CommandRowLength;
            if (at >= table.Length)
            {
                return ImStatus.NotFound;
            }

            if (table[at + 2] == CommandAccess.NoResponse || !IsAccepted(at))
            {
                return ImStatus.Success;
            }

            uint id = CommandId(at, table[at + 2]);
            for (int earlier = 0; earlier < at; earlier += CommandRowLength)
            {
                if (table[earlier + 2] == table[at + 2] && CommandId(earlier, table[earlier + 2]) == id && IsAccepted(earlier))
                {
                    return ImStatus.Success;
                }
            }

            writer.PutUnsigned(TlvTag.Anonymous, id);
            return ImStatus.Success;
        }

        private int ReadAttributeId(int index, TlvWriter writer)
        {
            if (index >= TableRows + GlobalRows)
            {
                return ImStatus.NotFound;
            }

            if (IsPresent(index))
            {
                writer.PutUnsigned(TlvTag.Anonymous, GetAttributeId(index));
            }

            return ImStatus.Success;
        }

        private bool IsAccepted(int at)
        {
            return (_commands[at + 1] & CommandAccess.Optional) == 0 || HasCommand(CommandId(at, _commands[at]));
        }

        private uint CommandId(int at, byte low)
        {
            return (_commands[at + 1] & CommandAccess.Vendor) == 0 ? low : low | (uint)VendorId << 16;
        }
    }
}
