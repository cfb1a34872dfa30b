using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>The commands (Matter Application Clusters 1.4).</content>
    public sealed partial class ScenesManagementCluster
    {
        private const uint AddScene = 0x00;
        private const uint ViewScene = 0x01;
        private const uint RemoveScene = 0x02;
        private const uint RemoveAllScenes = 0x03;
        private const uint StoreScene = 0x04;
        private const uint RecallScene = 0x05;
        private const uint GetSceneMembership = 0x06;
        private const uint CopyScene = 0x40;

        private const int MaxTransitionMs = 60000000;
        private const int MaxNameLength = 16;

        /// <inheritdoc/>
        public override int Invoke(uint commandId, TlvReader fields, TlvWriter response, InteractionContext context)
        {
            if (commandId == CopyScene)
            {
                return InvokeCopyScene(fields, response, context.FabricIndex);
            }

            int present = 0;
            int groupId = 0;
            int sceneId = 0;
            long transitionMs = -1;
            int nameLength = 0;
            int extensions = ImStatus.Success;
            _scenes.Begin();
            fields.Enter();
            while (fields.Next())
            {
                int tag = fields.Tag;
                if (tag == 0)
                {
                    groupId = (int)fields.GetUnsigned(0xFFFF);
                }
                else if (tag == 1 && HasScene(commandId))
                {
                    sceneId = (int)fields.GetUnsigned(0xFF);
                }
                else if (tag == 2 && (commandId == AddScene || commandId == RecallScene))
                {
                    if (commandId == AddScene || fields.Type != TlvType.Null)
                    {
                        transitionMs = (long)fields.GetUnsigned(uint.MaxValue);
                    }
                }
                else if (tag == 3 && commandId == AddScene)
                {
                    nameLength = fields.GetString(0, int.MaxValue);
                }
                else if (tag == 4 && commandId == AddScene)
                {
                    extensions = ReadExtensions(fields);
                }
                else
                {
                    continue;
                }

                present |= 1 << tag;
            }

            fields.Exit();
            int needed = commandId == AddScene ? 0x1F : HasScene(commandId) ? 0x03 : 0x01;
            if (fields.Error != 0 || (present & needed) != needed)
            {
                return ImStatus.OfRefusedFields(fields.Error);
            }

            int status = ImStatus.ConstraintError;
            if (sceneId != UndefinedScene && transitionMs <= MaxTransitionMs && nameLength <= MaxNameLength)
            {
                status = !HasGroup(context.FabricIndex, groupId) ? ImStatus.InvalidCommand
                    : commandId == AddScene && extensions == ImStatus.Success ? Add(context.FabricIndex, groupId, sceneId, (int)transitionMs)
                    : commandId == AddScene ? extensions
                    : Execute(commandId, context.FabricIndex, groupId, sceneId, (int)transitionMs, context.Now);
            }

            if (commandId != RecallScene)
            {
                Answer(commandId, status, context.FabricIndex, groupId, sceneId, response);
                status = ImStatus.Success;
            }

            return status;
        }

        private static bool HasScene(uint commandId)
        {
            return commandId != RemoveAllScenes && commandId != GetSceneMembership;
        }

        private int Execute(uint commandId, int fabricIndex, int groupId, int sceneId, int transitionMs, long now)
        {
            switch (commandId)
            {
                case RemoveAllScenes:
                    Remove(fabricIndex, groupId, false);
                    return ImStatus.Success;
                case StoreScene:
                    int status = Store(fabricIndex, groupId, sceneId);
                    if (status == ImStatus.Success)
                    {
                        Enter(fabricIndex, groupId, sceneId);
                    }

                    return status;
                case RecallScene:
                    return Recall(fabricIndex, groupId, sceneId, transitionMs, now);
                case GetSceneMembership:
                    return ImStatus.Success;
            }

            int row = _scenes.Find(fabricIndex, groupId, sceneId);
            if (row < 0)
            {
                return ImStatus.NotFound;
            }

            if (commandId == RemoveScene)
            {
                Remove(row);
            }

            return ImStatus.Success;
        }

        private void Answer(uint commandId, int status, int fabricIndex, int groupId, int sceneId, TlvWriter response)
        {
            response.PutUnsigned(0, (ulong)status);
            if (commandId == GetSceneMembership)
            {
                WriteMembership(status, fabricIndex, groupId, response);
                return;
            }

            response.PutUnsigned(1, (ulong)groupId);
            if (HasScene(commandId))
            {
                response.PutUnsigned(2, (ulong)sceneId);
            }

            if (commandId == ViewScene && status == ImStatus.Success)
            {
                WriteScene(_scenes.Find(fabricIndex, groupId, sceneId), response);
            }
        }

        private void WriteMembership(int status, int fabricIndex, int groupId, TlvWriter response)
        {
            if (status != ImStatus.Success)
            {
                response.PutNull(1);
                response.PutUnsigned(2, (ulong)groupId);
                return;
            }

            response.PutUnsigned(1, (ulong)_scenes.GetRoom(fabricIndex));
            response.PutUnsigned(2, (ulong)groupId);
            response.StartArray(3);
            for (int row = 0; row < SceneTable.Capacity; row++)
            {
                if (IsOf(row, fabricIndex, groupId))
                {
                    response.PutUnsigned(TlvTag.Anonymous, (ulong)_scenes.GetSceneId(row));
                }
            }

            response.EndContainer();
        }

        private void WriteScene(int row, TlvWriter response)
        {
            response.PutUnsigned(3, (ulong)_scenes.GetTransition(row));
            response.PutString(4, response.Buffer, 0, 0);
            response.StartArray(5);
            int at = _scenes.GetData(row);
            for (int i = 0; i < _clusters.Length; i++)
            {
                if (_scenes.Has(row, i))
                {
                    response.StartStructure(TlvTag.Anonymous);
                    response.PutUnsigned(0, _clusters[i].Id);
                    response.StartArray(1);
                    _clusters[i].WriteScene(_scenes.Buffer, at, response);
                    response.EndContainer();
                    response.EndContainer();
                }

                at += _clusters[i].SceneLength;
            }

            response.EndContainer();
        }

        /// <summary>Completes the draft, which holds the extension field sets already, and puts it into the table.</summary>
        private int Add(int fabricIndex, int groupId, int sceneId, int transitionMs)
        {
            _scenes.Name(fabricIndex, groupId, sceneId, transitionMs);
            return Put();
        }

        /// <summary>Reads extension field sets into the draft; those of other clusters count for nothing.</summary>
        private int ReadExtensions(TlvReader sets)
        {
            int status = ImStatus.Success;
            if (sets.Type != TlvType.Array)
            {
                sets.Fail(MatterError.WrongType);
            }

            sets.Enter();
            while (sets.Next())
            {
                if (sets.Type != TlvType.Structure)
                {
                    sets.Fail(MatterError.WrongType);
                }

                // The cluster first, wherever it stands in the structure.
                TlvReader extension = _extension;
                extension.CopyFrom(sets);
                long clusterId = -1;
                extension.Enter();
                while (extension.Next())
                {
                    if (extension.Tag == 0)
                    {
                        clusterId = (long)extension.GetUnsigned(uint.MaxValue);
                    }
                }

                int present = 0;
                sets.Enter();
                while (sets.Next())
                {
                    if (sets.Tag == 1)
                    {
                        present++;
                        if (!ReadExtension(sets, clusterId))
                        {
                            status = ImStatus.InvalidCommand;
                        }
                    }
                }

                sets.Exit();
                if (extension.Error != 0)
                {
                    sets.Fail(extension.Error);
                }
                else if (clusterId < 0 || present != 1)
                {
                    status = ImStatus.InvalidCommand;
                }
            }

            sets.Exit();
            return status;
        }

        /// <summary>Reads an AttributeValueList; a cluster named twice has its last one.</summary>
        private bool ReadExtension(TlvReader list, long clusterId)
        {
            int index = 0;
            int at = _scenes.GetData(SceneTable.Draft);
            while (index < _clusters.Length && _clusters[index].Id != clusterId)
            {
                at += _clusters[index].SceneLength;
                index++;
            }

            ScenableCluster cluster = index < _clusters.Length ? _clusters[index] : null;
            if (cluster != null)
            {
                _scenes.Exclude(index, at, cluster.SceneLength);
            }

            bool isValid = true;
            if (list.Type != TlvType.Array)
            {
                list.Fail(MatterError.WrongType);
            }

            list.Enter();
            while (list.Next())
            {
                if (list.Type != TlvType.Structure)
                {
                    list.Fail(MatterError.WrongType);
                }

                long attributeId = -1;
                int valueTag = 0;
                int values = 0;
                long value = 0;
                list.Enter();
                while (list.Next())
                {
                    if (list.Tag == SceneValue.AttributeIdTag)
                    {
                        attributeId = (long)list.GetUnsigned(uint.MaxValue);
                    }
                    else if (list.Tag > 0 && list.Tag <= SceneValue.Signed64)
                    {
                        valueTag = list.Tag;
                        value = SceneValue.Read(list);
                        values++;
                    }
                }

                list.Exit();
                if (cluster != null && list.Error == 0)
                {
                    isValid &= attributeId >= 0 && values == 1
                        && cluster.SetSceneAttribute((uint)attributeId, valueTag, value, _scenes.Buffer, at);
                    _scenes.Include(index);
                }
            }

            list.Exit();
            return isValid;
        }
    }
}
