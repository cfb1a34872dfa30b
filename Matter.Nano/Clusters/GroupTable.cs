using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Which endpoints belong to which groups of which fabrics, in fixed rows; names are not kept.</summary>
    /// <remarks>Shared by the Groups clusters of all endpoints; Group Key Management shows it and stores it.</remarks>
    public sealed class GroupTable : IGroupMembership
    {
        /// <summary>Number of rows.</summary>
        public const int Capacity = Limits.Fabrics * Limits.GroupMembershipsPerFabric;

        private readonly byte[] _fabrics = new byte[Capacity];
        private readonly ushort[] _groups = new ushort[Capacity];
        private readonly ushort[] _endpoints = new ushort[Capacity];

        /// <summary>Differs whenever the rows do: for whoever joins the groups' multicast addresses.</summary>
        public int Stamp { get; private set; }

        /// <summary>Fabric index of a row; 0 if it is free.</summary>
        /// <param name="row">0 to <see cref="Capacity"/> - 1.</param>
        /// <returns>The index.</returns>
        public int GetFabricIndex(int row) { return _fabrics[row]; }

        /// <summary>Group id of a row in use.</summary>
        /// <param name="row">The row.</param>
        /// <returns>The id.</returns>
        public int GetGroupId(int row) { return _groups[row]; }

        /// <summary>Endpoint of a row in use.</summary>
        /// <param name="row">The row.</param>
        /// <returns>Endpoint number.</returns>
        public int GetEndpointId(int row) { return _endpoints[row]; }

        /// <summary>Finds a membership.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        /// <param name="groupId">Group id.</param>
        /// <param name="endpointId">Endpoint number.</param>
        /// <returns>The row or <see cref="MatterError.NotFound"/>.</returns>
        public int Find(int fabricIndex, int groupId, int endpointId)
        {
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] == fabricIndex && _groups[row] == groupId && _endpoints[row] == endpointId)
                {
                    return row;
                }
            }

            return MatterError.NotFound;
        }

        /// <inheritdoc/>
        public bool IsMember(int fabricIndex, int groupId, int endpointId)
        {
            return Find(fabricIndex, groupId, endpointId) >= 0;
        }

        /// <summary>Adds a membership; one that is there already is no error. A fabric has <see cref="Limits.GroupsPerFabric"/> groups at most.</summary>
        /// <param name="fabricIndex">Fabric index, 1 to 254.</param>
        /// <param name="groupId">Group id.</param>
        /// <param name="endpointId">Endpoint number.</param>
        /// <returns>0 or <see cref="MatterError.TableFull"/>.</returns>
        public int Add(int fabricIndex, int groupId, int endpointId)
        {
            if (Find(fabricIndex, groupId, endpointId) >= 0)
            {
                return 0;
            }

            int free = MatterError.NotFound;
            bool isNew = true;
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] == 0)
                {
                    free = row;
                }
                else if (_fabrics[row] == fabricIndex && _groups[row] == groupId)
                {
                    isNew = false;
                }
            }

            if ((isNew ? GetRoom(fabricIndex) : GetFreeRows(fabricIndex)) == 0)
            {
                return MatterError.TableFull;
            }

            _fabrics[free] = (byte)fabricIndex;
            _groups[free] = (ushort)groupId;
            _endpoints[free] = (ushort)endpointId;
            Stamp++;
            return 0;
        }

        /// <summary>Frees a row.</summary>
        /// <param name="row">The row.</param>
        public void Remove(int row)
        {
            _fabrics[row] = 0;
            Stamp++;
        }

        /// <summary>Frees the rows of a fabric.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        public void RemoveFabric(int fabricIndex)
        {
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] == fabricIndex)
                {
                    Remove(row);
                }
            }
        }

        /// <summary>Groups that a fabric can still add.</summary>
        /// <param name="fabricIndex">Fabric index.</param>
        /// <returns>The number.</returns>
        public int GetRoom(int fabricIndex)
        {
            int groups = Limits.GroupsPerFabric;
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] == fabricIndex && IsFirst(row))
                {
                    groups--;
                }
            }

            int rows = GetFreeRows(fabricIndex);
            return groups < rows ? groups : rows;
        }

        /// <summary>Writes the rows in use as an array of numbers.</summary>
        /// <param name="tag">Its tag.</param>
        /// <param name="writer">Receives it: up to 9 bytes a row.</param>
        public void Write(int tag, TlvWriter writer)
        {
            writer.StartArray(tag);
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] != 0)
                {
                    writer.PutUnsigned(TlvTag.Anonymous, (ulong)_fabrics[row] << 32 | (uint)_groups[row] << 16 | _endpoints[row]);
                }
            }

            writer.EndContainer();
        }

        /// <summary>Reads back what <see cref="Write"/> wrote; faults stay in the reader.</summary>
        /// <param name="reader">Stands on the array.</param>
        public void Read(TlvReader reader)
        {
            reader.Enter();
            while (reader.Next())
            {
                ulong row = reader.GetUnsigned(0xFFFFFFFFFF);
                if (row >> 32 != 0)
                {
                    Add((int)(row >> 32), (int)(row >> 16 & 0xFFFF), (int)(row & 0xFFFF));
                }
            }

            reader.Exit();
        }

        private int GetFreeRows(int fabricIndex)
        {
            int rows = Limits.GroupMembershipsPerFabric;
            for (int row = 0; row < Capacity; row++)
            {
                if (_fabrics[row] == fabricIndex)
                {
                    rows--;
                }
            }

            return rows;
        }

        // Whether no row before has the same group: another endpoint's.
        private bool IsFirst(int row)
        {
            int first = 0;
            while (_fabrics[first] != _fabrics[row] || _groups[first] != _groups[row])
            {
                first++;
            }

            return first == row;
        }
    }
}
