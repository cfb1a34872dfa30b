using System;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>The scenes of one endpoint in fixed rows of bytes, and one more row in which a scene is put together.</summary>
    internal sealed class SceneTable
    {
        /// <summary>Number of rows.</summary>
        public const int Capacity = Limits.Scenes;

        /// <summary>Scenes of one fabric at most: less than half of all.</summary>
        public const int CapacityPerFabric = (Capacity - 1) / 2;

        /// <summary>The row in which a scene is put together.</summary>
        public const int Draft = Capacity;

        private const int GroupOffset = 1;
        private const int SceneOffset = 3;
        private const int TransitionOffset = 4;
        private const int PresentOffset = 8;
        private const int DataOffset = 9;

        private readonly byte[] _rows;
        private readonly int _rowLength;

        /// <summary>Creates an empty table.</summary>
        /// <param name="dataLength">Bytes that the clusters keep in each scene.</param>
        public SceneTable(int dataLength)
        {
            _rowLength = DataOffset + dataLength;
            _rows = new byte[(Capacity + 1) * _rowLength];
        }

        /// <summary>What the clusters' bytes lie in.</summary>
        public byte[] Buffer { get { return _rows; } }

        /// <summary>Fabric index of a row; 0 if it is free.</summary>
        public int GetFabricIndex(int row) { return _rows[row * _rowLength]; }

        /// <summary>Group id of a row in use; 0 for none.</summary>
        public int GetGroupId(int row)
        {
            int at = (row * _rowLength) + GroupOffset;
            return _rows[at] | _rows[at + 1] << 8;
        }

        /// <summary>Scene id of a row in use.</summary>
        public int GetSceneId(int row) { return _rows[(row * _rowLength) + SceneOffset]; }

        /// <summary>Transition time of a row in use in ms.</summary>
        public int GetTransition(int row)
        {
            int at = (row * _rowLength) + TransitionOffset;
            return _rows[at] | _rows[at + 1] << 8 | _rows[at + 2] << 16 | _rows[at + 3] << 24;
        }

        /// <summary>Where the clusters' bytes of a row begin in <see cref="Buffer"/>.</summary>
        public int GetData(int row) { return (row * _rowLength) + DataOffset; }

        /// <summary>Whether a row in use has values of a cluster.</summary>
        public bool Has(int row, int cluster) { return (_rows[(row * _rowLength) + PresentOffset] >> cluster & 1) != 0; }

        /// <summary>Says that the draft has values of a cluster.</summary>
        public void Include(int cluster)
        {
            _rows[(Draft * _rowLength) + PresentOffset] |= (byte)(1 << cluster);
        }

        /// <summary>Takes a cluster's values out of the draft.</summary>
        public void Exclude(int cluster, int at, int length)
        {
            _rows[(Draft * _rowLength) + PresentOffset] &= (byte)~(1 << cluster);
            Array.Clear(_rows, at, length);
        }

        /// <summary>Finds a scene.</summary>
        /// <returns>The row or <see cref="MatterError.NotFound"/>.</returns>
        public int Find(int fabricIndex, int groupId, int sceneId)
        {
            for (int row = 0; row < Capacity; row++)
            {
                if (GetFabricIndex(row) == fabricIndex && GetSceneId(row) == sceneId && GetGroupId(row) == groupId)
                {
                    return row;
                }
            }

            return MatterError.NotFound;
        }

        /// <summary>Scenes of a fabric, or free rows for fabric 0.</summary>
        public int GetCount(int fabricIndex)
        {
            int count = 0;
            for (int row = 0; row < Capacity; row++)
            {
                if (GetFabricIndex(row) == fabricIndex)
                {
                    count++;
                }
            }

            return count;
        }

        /// <summary>Scenes that a fabric can still add.</summary>
        public int GetRoom(int fabricIndex)
        {
            int room = CapacityPerFabric - GetCount(fabricIndex);
            int free = GetCount(0);
            return room < free ? room : free;
        }

        /// <summary>Begins a draft without any cluster's values, and without a name.</summary>
        public void Begin()
        {
            Array.Clear(_rows, Draft * _rowLength, _rowLength);
        }

        /// <summary>Begins a draft with all of a row, for the same fabric under another name.</summary>
        public void BeginFrom(int row, int groupId, int sceneId)
        {
            Array.Copy(_rows, row * _rowLength, _rows, Draft * _rowLength, _rowLength);
            Name(GetFabricIndex(row), groupId, sceneId, GetTransition(row));
        }

        /// <summary>Gives the draft its name and its transition time.</summary>
        public void Name(int fabricIndex, int groupId, int sceneId, int transitionMs)
        {
            byte[] rows = _rows;
            int at = Draft * _rowLength;
            rows[at] = (byte)fabricIndex;
            rows[at + GroupOffset] = (byte)groupId;
            rows[at + GroupOffset + 1] = (byte)(groupId >> 8);
            rows[at + SceneOffset] = (byte)sceneId;
            rows[at + TransitionOffset] = (byte)transitionMs;
            rows[at + TransitionOffset + 1] = (byte)(transitionMs >> 8);
            rows[at + TransitionOffset + 2] = (byte)(transitionMs >> 16);
            rows[at + TransitionOffset + 3] = (byte)(transitionMs >> 24);
        }

        /// <summary>Puts the draft into the row of the scene of its name, or into a free one.</summary>
        /// <returns>The row or <see cref="MatterError.TableFull"/>.</returns>
        public int Put()
        {
            int fabricIndex = GetFabricIndex(Draft);
            int row = Find(fabricIndex, GetGroupId(Draft), GetSceneId(Draft));
            if (row < 0)
            {
                if (GetRoom(fabricIndex) <= 0)
                {
                    return MatterError.TableFull;
                }

                row = 0;
                while (GetFabricIndex(row) != 0)
                {
                    row++;
                }
            }

            Array.Copy(_rows, Draft * _rowLength, _rows, row * _rowLength, _rowLength);
            return row;
        }

        /// <summary>Frees a row.</summary>
        public void Remove(int row)
        {
            _rows[row * _rowLength] = 0;
        }

        /// <summary>Writes the rows in use as an array of octet strings.</summary>
        public void Write(int tag, TlvWriter writer)
        {
            writer.StartArray(tag);
            for (int row = 0; row < Capacity; row++)
            {
                if (GetFabricIndex(row) != 0)
                {
                    writer.PutBytes(TlvTag.Anonymous, _rows, row * _rowLength, _rowLength);
                }
            }

            writer.EndContainer();
        }

        /// <summary>Reads one row back into the draft; one written when the clusters kept less has room left, one with more is a fault.</summary>
        /// <param name="reader">Stands on the octet string.</param>
        /// <returns>False for a fault, which stays in the reader.</returns>
        public bool ReadDraft(TlvReader reader)
        {
            int length = reader.GetBytes(DataOffset, _rowLength);
            if (reader.Error != 0)
            {
                return false;
            }

            Array.Clear(_rows, Draft * _rowLength, _rowLength);
            reader.CopyBytes(_rows, Draft * _rowLength, length);
            return true;
        }
    }
}
