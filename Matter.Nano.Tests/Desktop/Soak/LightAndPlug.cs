using Matter.Nano.Clusters;
using Matter.Nano.Devices;
using Matter.Nano.Platform;
using Matter.Nano.Tests.Scenario;

namespace Matter.Nano.Tests.Desktop
{
    /// <summary>A node with a light on endpoint 1 and a plug on endpoint 2.</summary>
    internal sealed class LightAndPlug : VirtualLight
    {
        public LightAndPlug(uint seed, IKeyValueStore store, long now)
            : base(seed, store, now)
        {
        }

        /// <summary>The plug on endpoint 2.</summary>
        public OnOffCluster Plug { get; private set; }

        protected override void Declare(Node node)
        {
            OnOffPlugInUnit plug = new OnOffPlugInUnit(2, (cluster, on) => { });
            Plug = plug.OnOff;
            node.Add(plug);
        }
    }
}
