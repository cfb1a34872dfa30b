using System;
using Matter.Nano.Fabrics;
using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>Scenes Management without names (Matter Application Clusters 1.4): values of other clusters on the endpoint, stored and recalled.</summary>
    public sealed partial class ScenesManagementCluster : Cluster
    {
        /// <summary>Cluster id.</summary>
        public const uint ClusterId = 0x0062;

        private const uint SceneTableSizeId = 0x0001;
        private const uint FabricSceneInfoId = 0x0002;

        private const int MaxClusters = 8;
        private const int UndefinedScene = 0xFF;
        private const int ScenesTag = 0;

        // A row for each fabric: its index, the current scene, the current group.
        private const int CurrentLength = 4;

        private static readonly byte[] AttributeTable =
        {
            0x00, 0x01, Access.ReadView, Quality.Fixed,
            0x00, 0x02, Access.ReadView, Quality.List,
        };

        private static readonly byte[] CommandTable =
        {
            0x00, CommandAccess.Manage | CommandAccess.FabricScoped, 0x00,
            0x01, CommandAccess.Operate | CommandAccess.FabricScoped, 0x01,
            0x02, CommandAccess.Manage | CommandAccess.FabricScoped, 0x02,
            0x03, CommandAccess.Manage | CommandAccess.FabricScoped, 0x03,
            0x04, CommandAccess.Manage | CommandAccess.FabricScoped, 0x04,
            0x05, CommandAccess.Operate | CommandAccess.FabricScoped, CommandAccess.NoResponse,
            0x06, CommandAccess.Operate | CommandAccess.FabricScoped, 0x06,
            0x40, CommandAccess.Manage | CommandAccess.FabricScoped, 0x40,
        };

        private readonly ScenableCluster[] _clusters;
        private readonly SceneTable _scenes;
        private readonly TlvReader _extension = new TlvReader();
        private readonly byte[] _current = new byte[Limits.Fabrics * CurrentLength];

        // Index of the fabric whose current scene is valid: the endpoint is in the state of one scene at most; 0 for none.
        private int _validFabric;

        /// <summary>Creates the cluster, without scenes.</summary>
        /// <param name="clusters">
        /// The endpoint's clusters with scenable attributes, at most 8, recalled in this order; kept. A later version of a
        /// product may only add some at the end, or its users lose their scenes.
        /// </param>
        public ScenesManagementCluster(params ScenableCluster[] clusters)
            : base(ClusterId, 1, 0, AttributeTable, CommandTable)
        {
            if (clusters.Length > MaxClusters)
            {
                throw new ArgumentException("scenable clusters");
            }

            _clusters = clusters;
            int length = 0;
            for (int i = 0; i < clusters.Length; i++)
            {
                clusters[i].Scenes = this;
                length += clusters[i].SceneLength;
            }

            _scenes = new SceneTable(length);
        }

        /// <inheritdoc/>
        public override int Read(uint attributeId, TlvWriter writer, int tag, InteractionContext context)
        {
            writer.PutUnsigned(tag, SceneTable.Capacity);
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override int ReadItem(uint attributeId, int index, TlvWriter writer, InteractionContext context)
        {
            FabricTable fabrics = Endpoint.Model.Fabrics;
            if (index >= fabrics.Capacity)
            {
                return ImStatus.NotFound;
            }

            int fabricIndex = fabrics.GetRow(index).Index;
            bool isOwn = fabricIndex == context.FabricIndex;
            if (fabricIndex == 0 || (context.IsFabricFiltered && !isOwn))
            {
                return ImStatus.Success;
            }

            writer.StartStructure(TlvTag.Anonymous);
            writer.PutUnsigned(0, (ulong)_scenes.GetCount(fabricIndex));
            if (isOwn)
            {
                int current = FindCurrent(fabricIndex);
                writer.PutUnsigned(1, current < 0 ? UndefinedScene : (ulong)_current[current + 1]);
                writer.PutUnsigned(2, current < 0 ? 0 : (ulong)GetCurrentGroup(current));
                writer.PutBoolean(3, _validFabric == fabricIndex);
            }

            writer.PutUnsigned(4, (ulong)_scenes.GetRoom(fabricIndex));
            writer.PutUnsigned(FabricScopedStruct.FabricIndexTag, (ulong)fabricIndex);
            writer.EndContainer();
            return ImStatus.Success;
        }

        /// <inheritdoc/>
        public override void GroupRemoved(int fabricIndex, int groupId)
        {
            Remove(fabricIndex, groupId, groupId == 0);
        }

        /// <inheritdoc/>
        public override void FabricRemoved(int fabricIndex)
        {
            Remove(fabricIndex, 0, true);
            int current = FindCurrent(fabricIndex);
            if (current >= 0)
            {
                _current[current] = 0;
            }
        }

        /// <inheritdoc/>
        public override void Save(TlvWriter writer)
        {
            _scenes.Write(ScenesTag, writer);
        }

        /// <inheritdoc/>
        public override void Load(TlvReader reader)
        {
            while (reader.Next())
            {
                if (reader.Tag != ScenesTag)
                {
                    continue;
                }

                reader.Enter();
                while (reader.Next())
                {
                    // Without those of fabrics and groups that a power cut let go before this could be stored.
                    int row = SceneTable.Draft;
                    if (_scenes.ReadDraft(reader)
                        && _scenes.GetSceneId(row) != UndefinedScene
                        && Endpoint.Model.Fabrics.Find(_scenes.GetFabricIndex(row)) != null
                        && HasGroup(_scenes.GetFabricIndex(row), _scenes.GetGroupId(row)))
                    {
                        _scenes.Put();
                    }
                }

                reader.Exit();
            }
        }

        /// <summary>The endpoint is in another state than that of a scene.</summary>
        internal void Leave()
        {
            if (_validFabric != 0)
            {
                _validFabric = 0;
                Changed(FabricSceneInfoId);
            }
        }

        /// <summary>Stores the present state as a fabric's global scene, if there is room.</summary>
        internal void StoreGlobal(int fabricIndex)
        {
            Store(fabricIndex, 0, 0);
        }

        /// <summary>Recalls a fabric's global scene, if it has one.</summary>
        internal void RecallGlobal(int fabricIndex, long now)
        {
            Recall(fabricIndex, 0, 0, -1, now);
        }

        private bool HasGroup(int fabricIndex, int groupId)
        {
            return groupId == 0 || Endpoint.Model.Groups.IsMember(fabricIndex, groupId, Endpoint.Id);
        }

        private int Store(int fabricIndex, int groupId, int sceneId)
        {
            int row = _scenes.Find(fabricIndex, groupId, sceneId);
            _scenes.Begin();
            _scenes.Name(fabricIndex, groupId, sceneId, row < 0 ? 0 : _scenes.GetTransition(row));
            int at = _scenes.GetData(SceneTable.Draft);
            for (int i = 0; i < _clusters.Length; i++)
            {
                _clusters[i].StoreScene(_scenes.Buffer, at);
                _scenes.Include(i);
                at += _clusters[i].SceneLength;
            }

            return Put();
        }

        private int Recall(int fabricIndex, int groupId, int sceneId, int transitionMs, long now)
        {
            int row = _scenes.Find(fabricIndex, groupId, sceneId);
            if (row < 0)
            {
                return ImStatus.NotFound;
            }

            int at = _scenes.GetData(row);
            for (int i = 0; i < _clusters.Length; i++)
            {
                if (_scenes.Has(row, i))
                {
                    _clusters[i].RecallScene(_scenes.Buffer, at, transitionMs < 0 ? _scenes.GetTransition(row) : transitionMs, now);
                }

                at += _clusters[i].SceneLength;
            }

            Enter(fabricIndex, groupId, sceneId);
            return ImStatus.Success;
        }

        /// <summary>The endpoint is in a scene's state now.</summary>
        private void Enter(int fabricIndex, int groupId, int sceneId)
        {
            int at = FindCurrent(fabricIndex);
            if (at < 0)
            {
                at = FindCurrent(0);
            }

            _current[at] = (byte)fabricIndex;
            _current[at + 1] = (byte)sceneId;
            _current[at + 2] = (byte)groupId;
            _current[at + 3] = (byte)(groupId >> 8);
            _validFabric = fabricIndex;
            Changed(FabricSceneInfoId);
        }

        /// <summary>Puts the draft into the table; if the endpoint was in the state of the scene that it replaces, it no longer is.</summary>
        private int Put()
        {
            int row = _scenes.Put();
            if (row < 0)
            {
                return ImStatus.ResourceExhausted;
            }

            Touched(row);
            SaveSoon();
            Changed(FabricSceneInfoId);
            return ImStatus.Success;
        }

        /// <summary>Removes a group's scenes, or all of a fabric.</summary>
        private void Remove(int fabricIndex, int groupId, bool isAll)
        {
            for (int row = 0; row < SceneTable.Capacity; row++)
            {
                if (isAll ? _scenes.GetFabricIndex(row) == fabricIndex : IsOf(row, fabricIndex, groupId))
                {
                    Remove(row);
                }
            }
        }

        private void Remove(int row)
        {
            Touched(row);
            _scenes.Remove(row);
            SaveSoon();
            Changed(FabricSceneInfoId);
        }

        private void Touched(int row)
        {
            int current = FindCurrent(_validFabric);
            if (_validFabric != 0 && _scenes.GetFabricIndex(row) == _validFabric
                && _current[current + 1] == _scenes.GetSceneId(row) && GetCurrentGroup(current) == _scenes.GetGroupId(row))
            {
                _validFabric = 0;
            }
        }

        private bool IsOf(int row, int fabricIndex, int groupId)
        {
            return _scenes.GetFabricIndex(row) == fabricIndex && _scenes.GetGroupId(row) == groupId;
        }

        private int FindCurrent(int fabricIndex)
        {
            for (int at = 0; at < _current.Length; at += CurrentLength)
            {
                if (_current[at] == fabricIndex)
                {
                    return at;
                }
            }

            return MatterError.NotFound;
        }

        private int GetCurrentGroup(int current)
        {
            return _current[current + 2] | _current[current + 3] << 8;
        }
    }
}
