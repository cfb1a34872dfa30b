using Matter.Nano.Tlv;

namespace Matter.Nano.InteractionModel
{
    /// <summary>
    /// An AttributePathIB or EventPathIB taken apart, and its form at rest: <see cref="Words"/> words of an array, the
    /// endpoint with the flags below, the cluster, the attribute or event.
    /// </summary>
    internal sealed class AttributePath
    {
        /// <summary>Words that a path takes at rest.</summary>
        public const int Words = 3;

        /// <summary>No endpoint given.</summary>
        public const uint AnyEndpoint = 0x10000;

        /// <summary>No cluster given.</summary>
        public const uint AnyCluster = 0x20000;

        /// <summary>No attribute or event given.</summary>
        public const uint AnyAttribute = 0x40000;

        /// <summary>Any of the three: the path is expanded, and what it must not see left out in silence.</summary>
        public const uint Wildcard = AnyEndpoint | AnyCluster | AnyAttribute;

        /// <summary>The path names another node.</summary>
        public const uint OtherNode = 0x80000;

        /// <summary>WildcardPathFlags stand from this bit on.</summary>
        public const int SkipShift = 20;

        /// <summary>WildcardPathFlags: not the root endpoint.</summary>
        public const uint SkipRootNode = 1u << SkipShift;

        /// <summary>WildcardPathFlags: no global attributes.</summary>
        public const uint SkipGlobalAttributes = 1u << SkipShift + 1;

        /// <summary>WildcardPathFlags: no AttributeList.</summary>
        public const uint SkipAttributeList = 1u << SkipShift + 2;

        /// <summary>WildcardPathFlags: no lists of commands.</summary>
        public const uint SkipCommandLists = 1u << SkipShift + 4;

        /// <summary>WildcardPathFlags: nothing manufacturer-specific.</summary>
        public const uint SkipCustomElements = 1u << SkipShift + 5;

        /// <summary>WildcardPathFlags: no fixed attributes.</summary>
        public const uint SkipFixedAttributes = 1u << SkipShift + 6;

        /// <summary>WildcardPathFlags: no attributes whose changes are omitted.</summary>
        public const uint SkipChangesOmittedAttributes = 1u << SkipShift + 7;

        /// <summary>WildcardPathFlags: no diagnostics clusters.</summary>
        public const uint SkipDiagnosticsClusters = 1u << SkipShift + 8;

        /// <summary>The path is an EventPathIB.</summary>
        public const uint Event = 1u << 29;

        /// <summary>IsUrgent of an EventPathIB.</summary>
        public const uint Urgent = 1u << 30;

        /// <summary><see cref="ListIndex"/> of a path without one.</summary>
        public const int NoIndex = -1;

        /// <summary><see cref="ListIndex"/> null: the data are appended to the list.</summary>
        public const int Append = -2;

        private const uint SkipMask = 0x1F7;

        /// <summary>Endpoint in the lower 16 bits, flags above.</summary>
        public uint Head;

        /// <summary>Cluster id.</summary>
        public uint ClusterId;

        /// <summary>Attribute or event id.</summary>
        public uint AttributeId;

        /// <summary>Position in a list, <see cref="NoIndex"/> or <see cref="Append"/>.</summary>
        public int ListIndex;

        /// <summary>Largest length in bytes of the path as a list with a tag.</summary>
        public int EncodedLength
        {
            get { return 2 + 4 + 2 + Width(ClusterId) + 2 + Width(AttributeId) + 1; }
        }

        /// <summary>Forgets the path before, which a path with EnableTagCompression builds upon.</summary>
        public void Reset()
        {
            Head = Wildcard;
            ClusterId = 0;
            AttributeId = 0;
            ListIndex = NoIndex;
        }

        /// <summary>Reads the path that the reader stands on. Faults stay in the reader.</summary>
        /// <param name="reader">Stands on the list.</param>
        /// <param name="nodeId">This node's id in the session; 0 if none.</param>
        /// <param name="configurationVersion">The node's ConfigurationVersion.</param>
        public void Read(TlvReader reader, ulong nodeId, uint configurationVersion)
        {
            if (reader.Type != TlvType.List)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            uint head = Wildcard;
            bool isOutdated = false;
            ListIndex = NoIndex;
            reader.Enter();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        if (reader.GetBoolean())
                        {
                            head = Head;
                        }

                        break;
                    case 1:
                        if (reader.GetUnsigned(ulong.MaxValue) != nodeId)
                        {
                            head |= OtherNode;
                        }

                        break;
                    case 2:
                        head = (head & ~(AnyEndpoint | 0xFFFF)) | (uint)reader.GetUnsigned(0xFFFF);
                        break;
                    case 3:
                        ClusterId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        head &= ~AnyCluster;
                        break;
                    case 4:
                        AttributeId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        head &= ~AnyAttribute;
                        break;
                    case 5:
                        ListIndex = reader.Type == TlvType.Null ? Append : (int)reader.GetUnsigned(0xFFFF);
                        break;
                    case 6:
                        head |= ((uint)reader.GetUnsigned(0xFFFFFFFF) & SkipMask) << SkipShift;
                        break;
                    case 7:
                        // WildcardFilterConfigurationVersion: who knows an older configuration has to see everything again.
                        isOutdated = reader.GetUnsigned(0xFFFFFFFF) < configurationVersion;
                        break;
                }
            }

            Head = isOutdated ? head & ~(SkipMask << SkipShift) : head;
            if (reader.Error == 0)
            {
                reader.Exit();
            }
        }

        /// <summary>Reads the EventPathIB that the reader stands on. Faults stay in the reader.</summary>
        /// <param name="reader">Stands on the list.</param>
        /// <param name="nodeId">This node's id in the session; 0 if none.</param>
        public void ReadEvent(TlvReader reader, ulong nodeId)
        {
            if (reader.Type != TlvType.List)
            {
                reader.Fail(MatterError.WrongType);
                return;
            }

            uint head = Wildcard | Event;
            ListIndex = NoIndex;
            reader.Enter();
            while (reader.Next())
            {
                switch (reader.Tag)
                {
                    case 0:
                        if (reader.GetUnsigned(ulong.MaxValue) != nodeId)
                        {
                            head |= OtherNode;
                        }

                        break;
                    case 1:
                        head = (head & ~(AnyEndpoint | 0xFFFF)) | (uint)reader.GetUnsigned(0xFFFF);
                        break;
                    case 2:
                        ClusterId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        head &= ~AnyCluster;
                        break;
                    case 3:
                        AttributeId = (uint)reader.GetUnsigned(0xFFFFFFFF);
                        head &= ~AnyAttribute;
                        break;
                    case 4:
                        if (reader.GetBoolean())
                        {
                            head |= Urgent;
                        }

                        break;
                }
            }

            Head = head;
            if (reader.Error == 0)
            {
                reader.Exit();
            }
        }

        /// <summary>Whether a read may ask for the path: with any cluster only a global attribute, and any event.</summary>
        /// <returns>False for a path that makes the request invalid.</returns>
        public bool IsReadable()
        {
            if ((Head & AnyAttribute) != 0)
            {
                return ListIndex == NoIndex;
            }

            return (Head & AnyCluster) == 0 || ((Head & Event) == 0 && AttributeId >= Cluster.GeneratedCommandList && AttributeId <= Cluster.ClusterRevision);
        }

        /// <summary>Whether a path that was at rest elsewhere, without a list index, is one that a read may ask for.</summary>
        /// <returns>False for one that <see cref="Store"/> did not lay there.</returns>
        public bool IsIntact()
        {
            return (Head & ~(0xFFFF | Wildcard | OtherNode | SkipMask << SkipShift | Event | Urgent)) == 0 && IsReadable();
        }

        private static int Width(uint value)
        {
            return value > 0xFFFF ? 4 : value > 0xFF ? 2 : 1;
        }

        /// <summary>Lays the path to rest.</summary>
        /// <param name="words">Receives it.</param>
        /// <param name="offset">First word.</param>
        public void Store(uint[] words, int offset)
        {
            words[offset] = Head;
            words[offset + 1] = ClusterId;
            words[offset + 2] = AttributeId;
        }

        /// <summary>Whether a path at rest names an attribute; flags that skip some are not looked at.</summary>
        /// <param name="words">Holds the path.</param>
        /// <param name="offset">First word.</param>
        /// <param name="endpointId">The attribute's endpoint.</param>
        /// <param name="clusterId">Its cluster.</param>
        /// <param name="attributeId">Its id.</param>
        /// <returns>True if it does.</returns>
        public static bool Covers(uint[] words, int offset, int endpointId, uint clusterId, uint attributeId)
        {
            return (words[offset] & Event) == 0 && Names(words, offset, endpointId, clusterId, attributeId);
        }

        /// <summary>Whether a path at rest names an attribute or, if it is an EventPathIB, an event.</summary>
        /// <param name="words">Holds the path.</param>
        /// <param name="offset">First word.</param>
        /// <param name="endpointId">The endpoint.</param>
        /// <param name="clusterId">The cluster.</param>
        /// <param name="id">The attribute's or event's id.</param>
        /// <returns>True if it does.</returns>
        public static bool Names(uint[] words, int offset, int endpointId, uint clusterId, uint id)
        {
            uint head = words[offset];
            return ((head & AnyEndpoint) != 0 || (head & 0xFFFF) == endpointId)
                && ((head & AnyCluster) != 0 || words[offset + 1] == clusterId)
                && ((head & AnyAttribute) != 0 || words[offset + 2] == id)
                && (head & OtherNode) == 0;
        }
    }
}
