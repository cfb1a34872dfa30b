using System;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// Finds what an application forgot when it put its endpoints together: a parent, a cluster that a device type requires,
    /// tags that tell siblings apart (Matter Device Library; Matter Core 9.5.4.1). Device types that it doesn't know have
    /// only the general rules.
    /// </summary>
    internal static class DeclarationCheck
    {
        private const uint DescriptorId = 0x001D;
        private const uint PowerSource = 0x0011;
        private const uint BridgedNode = 0x0013;
        private const uint Aggregator = 0x000E;

        // Device type, number of clusters, clusters. All of them also have Descriptor.
        private static readonly byte[] Required =
        {
            0x01, 0x00, 4, 0x00, 0x03, 0x00, 0x04, 0x00, 0x06, 0x00, 0x62,             // On/Off Light
            0x01, 0x01, 5, 0x00, 0x03, 0x00, 0x04, 0x00, 0x06, 0x00, 0x08, 0x00, 0x62, // Dimmable Light
            0x01, 0x0A, 4, 0x00, 0x03, 0x00, 0x04, 0x00, 0x06, 0x00, 0x62,             // On/Off Plug-in Unit
            0x01, 0x0B, 5, 0x00, 0x03, 0x00, 0x04, 0x00, 0x06, 0x00, 0x08, 0x00, 0x62, // Dimmable Plug-in Unit
            0x03, 0x02, 2, 0x00, 0x03, 0x04, 0x02,                                     // Temperature Sensor
            0x03, 0x07, 2, 0x00, 0x03, 0x04, 0x05,                                     // Humidity Sensor
            0x01, 0x07, 2, 0x00, 0x03, 0x04, 0x06,                                     // Occupancy Sensor
            0x00, 0x15, 2, 0x00, 0x03, 0x00, 0x45,                                     // Contact Sensor
            0x00, 0x0F, 2, 0x00, 0x03, 0x00, 0x3B,                                     // Generic Switch
            0x00, 0x13, 1, 0x00, 0x39,                                                 // Bridged Node
        };

        /// <summary>Throws if an endpoint is not complete; the message names it and what it lacks.</summary>
        /// <param name="model">The node's endpoints.</param>
        public static void Run(DataModel model)
        {
            for (int i = 0; i < model.EndpointCount; i++)
            {
                Run(model, model.GetEndpoint(i));
            }
        }

        /// <summary>Throws if one endpoint is not complete.</summary>
        /// <param name="model">The node's endpoints, with this one or before it is added.</param>
        /// <param name="endpoint">The endpoint.</param>
        public static void Run(DataModel model, Endpoint endpoint)
        {
            Endpoint parent = model.Find(endpoint.ParentId);
            if (endpoint.DeviceTypeCount == 0)
            {
                throw Incomplete(endpoint, "no device type");
            }

            Require(endpoint, DescriptorId, endpoint.GetDeviceType(0));
            for (int i = 0; i < endpoint.DeviceTypeCount; i++)
            {
                CheckClusters(endpoint, endpoint.GetDeviceType(i));
            }

            if (parent == null || (parent == endpoint && endpoint.Id != 0))
            {
                throw Incomplete(endpoint, "its parent, endpoint " + endpoint.ParentId.ToString() + ", is not there");
            }

            // Bridged devices are told apart by their names.
            if (endpoint.Id != 0 && endpoint.TagCount == 0 && !parent.Is(Aggregator))
            {
                CheckSiblings(model, endpoint);
            }
        }

        private static void CheckClusters(Endpoint endpoint, uint deviceType)
        {
            byte[] table = Required;
            for (int at = 0; at < table.Length; at += 3 + (2 * table[at + 2]))
            {
                if (deviceType == (uint)(table[at] << 8 | table[at + 1]))
                {
                    for (int i = 0; i < table[at + 2]; i++)
                    {
                        int id = at + 3 + (2 * i);
                        Require(endpoint, (uint)(table[id] << 8 | table[id + 1]), deviceType);
                    }
                }
            }
        }

        private static void Require(Endpoint endpoint, uint clusterId, uint deviceType)
        {
            if (endpoint.Find(clusterId) == null)
            {
                throw Incomplete(endpoint, "device type 0x" + deviceType.ToString("X4") + " requires cluster 0x" + clusterId.ToString("X4"));
            }
        }

        private static void CheckSiblings(DataModel model, Endpoint endpoint)
        {
            for (int i = 0; i < model.EndpointCount; i++)
            {
                Endpoint sibling = model.GetEndpoint(i);
                for (int j = 0; j < endpoint.DeviceTypeCount && sibling != endpoint && sibling.ParentId == endpoint.ParentId; j++)
                {
                    uint deviceType = endpoint.GetDeviceType(j);
                    if (sibling.Id != 0 && deviceType != PowerSource && deviceType != BridgedNode && sibling.Is(deviceType))
                    {
                        throw Incomplete(endpoint, "a tag must tell it from endpoint " + sibling.Id.ToString() + ", also 0x" + deviceType.ToString("X4"));
                    }
                }
            }
        }

        private static InvalidOperationException Incomplete(Endpoint endpoint, string what)
        {
            return new InvalidOperationException("endpoint " + endpoint.Id.ToString() + ": " + what);
        }
    }
}
