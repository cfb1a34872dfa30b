using Matter.Nano.InteractionModel;
using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <summary>
    /// A cluster with attributes that scenes keep (quality S). It packs them into some bytes of each scene; Scenes Management,
    /// which gets it at construction, stores those and gives them back.
    /// </summary>
    public abstract class ScenableCluster : Cluster
    {
        /// <summary>Creates the cluster; the parameters are those of <see cref="Cluster"/>.</summary>
        /// <param name="id">Cluster id.</param>
        /// <param name="revision">ClusterRevision.</param>
        /// <param name="features">FeatureMap.</param>
        /// <param name="attributes">Attribute table, kept.</param>
        /// <param name="commands">Command table, kept.</param>
        protected ScenableCluster(uint id, int revision, uint features, byte[] attributes, byte[] commands)
            : base(id, revision, features, attributes, commands)
        {
        }

        /// <summary>Bytes that each scene keeps of this cluster; must not change.</summary>
        public abstract int SceneLength { get; }

        /// <summary>The endpoint's Scenes Management; null if it has none.</summary>
        internal ScenesManagementCluster Scenes { get; set; }

        /// <summary>Packs the present values of all scenable attributes.</summary>
        /// <param name="scene">Receives <see cref="SceneLength"/> bytes, all 0 before.</param>
        /// <param name="offset">First of them.</param>
        public abstract void StoreScene(byte[] scene, int offset);

        /// <summary>Packs the value of one attribute that a controller gives, as <see cref="StoreScene"/> would.</summary>
        /// <param name="attributeId">Any attribute id.</param>
        /// <param name="valueTag">Which field of AttributeValuePairStruct holds the value, see <see cref="SceneValue"/>.</param>
        /// <param name="value">The value; an unsigned one of 64 bits as its bits.</param>
        /// <param name="scene">Has <see cref="SceneLength"/> bytes, all 0 before the first attribute.</param>
        /// <param name="offset">First of them.</param>
        /// <returns>False if this is no scenable attribute or not the field for its type.</returns>
        public abstract bool SetSceneAttribute(uint attributeId, int valueTag, long value, byte[] scene, int offset);

        /// <summary>Writes the packed values by <see cref="SceneValue.Write"/>.</summary>
        /// <param name="scene">Has <see cref="SceneLength"/> bytes.</param>
        /// <param name="offset">First of them.</param>
        /// <param name="writer">Receives one element for each attribute.</param>
        public abstract void WriteScene(byte[] scene, int offset, TlvWriter writer);

        /// <summary>Takes on the packed values, over a transition where the cluster knows of such.</summary>
        /// <param name="scene">Has <see cref="SceneLength"/> bytes.</param>
        /// <param name="offset">First of them.</param>
        /// <param name="transitionMs">Length of the transition in ms, at most 60 000 000.</param>
        /// <param name="now">Monotonic ms.</param>
        public abstract void RecallScene(byte[] scene, int offset, int transitionMs, long now);

        /// <summary>A scenable attribute changes, or begins to, other than by a scene: that no scene is valid any more has to be told.</summary>
        protected void LeaveScene()
        {
            if (Scenes != null)
            {
                Scenes.Leave();
            }
        }
    }
}
