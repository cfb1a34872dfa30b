using System;

namespace Matter.Nano.InteractionModel
{
    /// <summary>An endpoint: a number, its device types, its server clusters and the tags that tell it from its siblings. Put together at start-up.</summary>
    public class Endpoint
    {
        private uint[] _deviceTypes = new uint[0];
        private Cluster[] _clusters = new Cluster[0];
        private byte[] _tags; // null for none

        /// <summary>Creates an endpoint without clusters.</summary>
        /// <param name="id">Endpoint number, 0 to 0xFFFE; 0 is the root.</param>
        /// <param name="parentId">The endpoint whose part it is: 0 for most; ignored for the root.</param>
        public Endpoint(int id, int parentId)
        {
            if (id < 0 || id > 0xFFFE)
            {
                throw new ArgumentException("endpoint number " + id.ToString());
            }

            Id = id;
            ParentId = parentId;
        }

        /// <summary>Endpoint number.</summary>
        public int Id { get; }

        /// <summary>The endpoint whose part it is.</summary>
        public int ParentId { get; private set; }

        /// <summary>The node's data model, once added to it.</summary>
        public DataModel Model { get; internal set; }

        /// <summary>Stamp of when it was added while the node ran; 0 if it is there from the start.</summary>
        internal int AddedStamp { get; set; }

        /// <summary>Number of device types.</summary>
        public int DeviceTypeCount { get { return _deviceTypes.Length / 2; } }

        /// <summary>Number of server clusters.</summary>
        public int ClusterCount { get { return _clusters.Length; } }

        /// <summary>Number of tags.</summary>
        public int TagCount { get { return _tags == null ? 0 : _tags.Length / 2; } }

        /// <summary>Adds a device type.</summary>
        /// <param name="deviceType">Device type id.</param>
        /// <param name="revision">Its revision.</param>
        public void AddDeviceType(uint deviceType, int revision)
        {
            int length = _deviceTypes.Length;
            uint[] grown = new uint[length + 2];
            Array.Copy(_deviceTypes, 0, grown, 0, length);
            grown[length] = deviceType;
            grown[length + 1] = (uint)revision;
            _deviceTypes = grown;
        }

        /// <summary>
        /// Adds a semantic tag of a standard namespace, such as Left of CommonPosition. Siblings with a device type in
        /// common, as the two buttons of a switch, must have different ones.
        /// </summary>
        /// <param name="namespaceId">Namespace id, 8 bits: see <see cref="SemanticTag"/>.</param>
        /// <param name="tag">Tag id in it, 8 bits.</param>
        public void AddTag(int namespaceId, int tag)
        {
            int length = 2 * TagCount;
            byte[] grown = new byte[length + 2];
            if (length > 0)
            {
                Array.Copy(_tags, 0, grown, 0, length);
            }

            grown[length] = (byte)namespaceId;
            grown[length + 1] = (byte)tag;
            _tags = grown;
        }

        /// <summary>
        /// Adds an endpoint that is part of this one: a sensor of a composed device, a thing behind a bridge. This one must have
        /// been added to its node. Throws as <see cref="DataModel.Add"/> does.
        /// </summary>
        /// <param name="part">An endpoint that no node has yet.</param>
        public void Add(Endpoint part)
        {
            if (Model == null)
            {
                throw new InvalidOperationException("endpoint " + Id.ToString() + " is not added yet");
            }

            part.ParentId = Id;
            Model.Add(part);
        }

        /// <summary>Adds a server cluster; throws if the endpoint has it already, or is part of a node that runs.</summary>
        /// <param name="cluster">A cluster that no endpoint has yet.</param>
        public void Add(Cluster cluster)
        {
            if (Model != null && Model.IsRunning)
            {
                throw new InvalidOperationException("endpoint " + Id.ToString() + " is in use");
            }

            if (cluster.Endpoint != null || Find(cluster.Id) != null)
            {
                throw new ArgumentException("endpoint " + Id.ToString() + ": cluster 0x" + cluster.Id.ToString("X4") + " added twice");
            }

            int length = _clusters.Length;
            Cluster[] grown = new Cluster[length + 1];
            Array.Copy(_clusters, 0, grown, 0, length);
            grown[length] = cluster;
            _clusters = grown;
            cluster.Endpoint = this;
            if (Model != null)
            {
                Model.Adopt(cluster);
            }
        }

        /// <summary>A device type's id.</summary>
        /// <param name="index">0 to <see cref="DeviceTypeCount"/> - 1.</param>
        /// <returns>The id.</returns>
        public uint GetDeviceType(int index)
        {
            return _deviceTypes[2 * index];
        }

        /// <summary>A device type's revision.</summary>
        /// <param name="index">0 to <see cref="DeviceTypeCount"/> - 1.</param>
        /// <returns>The revision.</returns>
        public int GetDeviceTypeRevision(int index)
        {
            return (int)_deviceTypes[(2 * index) + 1];
        }

        /// <summary>A tag's namespace.</summary>
        /// <param name="index">0 to <see cref="TagCount"/> - 1.</param>
        /// <returns>The namespace id.</returns>
        public int GetTagNamespace(int index)
        {
            return _tags[2 * index];
        }

        /// <summary>A tag.</summary>
        /// <param name="index">0 to <see cref="TagCount"/> - 1.</param>
        /// <returns>The tag id.</returns>
        public int GetTag(int index)
        {
            return _tags[(2 * index) + 1];
        }

        /// <summary>Whether the endpoint has a device type.</summary>
        /// <param name="deviceType">Device type id.</param>
        /// <returns>True if it has.</returns>
        public bool Is(uint deviceType)
        {
            for (int at = 0; at < _deviceTypes.Length; at += 2)
            {
                if (_deviceTypes[at] == deviceType)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>A server cluster by position.</summary>
        /// <param name="index">0 to <see cref="ClusterCount"/> - 1.</param>
        /// <returns>The cluster.</returns>
        public Cluster GetCluster(int index)
        {
            return _clusters[index];
        }

        /// <summary>A server cluster by id.</summary>
        /// <param name="clusterId">Cluster id.</param>
        /// <returns>The cluster or null.</returns>
        public Cluster Find(uint clusterId)
        {
            Cluster[] clusters = _clusters;
            for (int i = 0; i < clusters.Length; i++)
            {
                if (clusters[i].Id == clusterId)
                {
                    return clusters[i];
                }
            }

            return null;
        }

        /// <summary>Tells every cluster that the endpoint was taken out of a group.</summary>
        /// <param name="fabricIndex">The group's fabric.</param>
        /// <param name="groupId">The group; 0 for all of the fabric.</param>
        public void GroupRemoved(int fabricIndex, int groupId)
        {
            for (int i = 0; i < _clusters.Length; i++)
            {
                _clusters[i].GroupRemoved(fabricIndex, groupId);
            }
        }
    }
}
