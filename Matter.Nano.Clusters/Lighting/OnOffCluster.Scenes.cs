using Matter.Nano.Tlv;

namespace Matter.Nano.Clusters
{
    /// <content>What scenes keep, the global scene, and the level that goes with the state.</content>
    public sealed partial class OnOffCluster
    {
        // When a recalled scene switches off; 0 while none is about to.
        private long _offAt;

        /// <summary>The endpoint's Level Control; null if it has none.</summary>
        internal LevelControlCluster Level { get; set; }

        /// <inheritdoc/>
        public override int SceneLength { get { return 1; } }

        /// <inheritdoc/>
        public override void StoreScene(byte[] scene, int offset)
        {
            scene[offset] = (byte)(_on ? 1 : 0);
        }

        /// <inheritdoc/>
        public override bool SetSceneAttribute(uint attributeId, int valueTag, long value, byte[] scene, int offset)
        {
            scene[offset] = (byte)(value == 1 ? 1 : 0);
            return attributeId == OnOffId && valueTag == SceneValue.Unsigned8;
        }

        /// <inheritdoc/>
        public override void WriteScene(byte[] scene, int offset, TlvWriter writer)
        {
            SceneValue.Write(writer, OnOffId, SceneValue.Unsigned8, scene[offset]);
        }

        /// <inheritdoc/>
        /// <remarks>Goes on when the transition begins and off when it ends, so that the transition is seen.</remarks>
        public override void RecallScene(byte[] scene, int offset, int transitionMs, long now)
        {
            bool on = scene[offset] != 0;
            if (on || !_on || transitionMs == 0)
            {
                Follow(on);
            }
            else
            {
                _offAt = now + transitionMs;
                Wake();
            }
        }

        private void StoreGlobalScene(int fabricIndex)
        {
            if (Scenes != null && fabricIndex != 0)
            {
                Scenes.StoreGlobal(fabricIndex);
            }
        }

        /// <summary>On, with the global scene's other values if there is one.</summary>
        private void RecallGlobalScene(int fabricIndex, long now)
        {
            if (Scenes != null && fabricIndex != 0)
            {
                Scenes.RecallGlobal(fabricIndex, now);
            }

            Switch(true);
        }
    }
}
