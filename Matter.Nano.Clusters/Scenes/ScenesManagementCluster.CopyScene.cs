using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>CopyScene (Matter Application Clusters 1.4): one scene of a group or all of them.</content>
    public sealed partial class ScenesManagementCluster
    {
        private int InvokeCopyScene(TlvReader fields, TlvWriter response, int fabricIndex)
        {
            int present = 0;
            int mode = 0;
            int fromGroup = 0;
            int fromScene = 0;
            int toGroup = 0;
            int toScene = 0;
            fields.Enter();
            while (fields.Next())
            {
                switch (fields.Tag)
                {
                    case 0:
                        mode = (int)fields.GetUnsigned(0xFF);
                        break;
                    case 1:
                        fromGroup = (int)fields.GetUnsigned(0xFFFF);
                        break;
                    case 2:
                        fromScene = (int)fields.GetUnsigned(0xFF);
                        break;
                    case 3:
                        toGroup = (int)fields.GetUnsigned(0xFFFF);
                        break;
                    case 4:
                        toScene = (int)fields.GetUnsigned(0xFF);
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

            bool isAll = (mode & 1) != 0;
            int status = ImStatus.ConstraintError;
            if (mode <= 1 && (isAll || (fromScene != UndefinedScene && toScene != UndefinedScene)))
            {
                status = !HasGroup(fabricIndex, fromGroup) || !HasGroup(fabricIndex, toGroup) ? ImStatus.InvalidCommand
                    : isAll ? CopyAll(fabricIndex, fromGroup, toGroup)
                    : Copy(_scenes.Find(fabricIndex, fromGroup, fromScene), toGroup, toScene);
            }

            response.PutUnsigned(0, (ulong)status);
            response.PutUnsigned(1, (ulong)fromGroup);
            response.PutUnsigned(2, (ulong)fromScene);
            return ImStatus.Success;
        }

        private int Copy(int row, int groupId, int sceneId)
        {
            if (row < 0)
            {
                return ImStatus.NotFound;
            }

            _scenes.BeginFrom(row, groupId, sceneId);
            return Put();
        }

        /// <summary>Copies all scenes of a group, or none if there is no room for all.</summary>
        private int CopyAll(int fabricIndex, int fromGroup, int toGroup)
        {
            if (fromGroup == toGroup)
            {
                return ImStatus.Success;
            }

            // Copies are of the other group, so the second round doesn't meet those that it makes.
            int added = 0;
            for (int row = 0; row < SceneTable.Capacity; row++)
            {
                if (IsOf(row, fabricIndex, fromGroup) && _scenes.Find(fabricIndex, toGroup, _scenes.GetSceneId(row)) < 0)
                {
                    added++;
                }
            }

            if (added > _scenes.GetRoom(fabricIndex))
            {
                return ImStatus.ResourceExhausted;
            }

            for (int row = 0; row < SceneTable.Capacity; row++)
            {
                if (IsOf(row, fabricIndex, fromGroup))
                {
                    Copy(row, toGroup, _scenes.GetSceneId(row));
                }
            }

            return ImStatus.Success;
        }
    }
}
