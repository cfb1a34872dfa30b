namespace Matter.Nano.InteractionModel
{
    /// <summary>Interaction Model status codes (Matter Core 8.10), as they go on the wire.</summary>
    public static class ImStatus
    {
        /// <summary>SUCCESS.</summary>
        public const int Success = 0x00;

        /// <summary>FAILURE.</summary>
        public const int Failure = 0x01;

        /// <summary>INVALID_SUBSCRIPTION.</summary>
        public const int InvalidSubscription = 0x7D;

        /// <summary>UNSUPPORTED_ACCESS.</summary>
        public const int UnsupportedAccess = 0x7E;

        /// <summary>UNSUPPORTED_ENDPOINT.</summary>
        public const int UnsupportedEndpoint = 0x7F;

        /// <summary>INVALID_ACTION.</summary>
        public const int InvalidAction = 0x80;

        /// <summary>UNSUPPORTED_COMMAND.</summary>
        public const int UnsupportedCommand = 0x81;

        /// <summary>INVALID_COMMAND.</summary>
        public const int InvalidCommand = 0x85;

        /// <summary>UNSUPPORTED_ATTRIBUTE.</summary>
        public const int UnsupportedAttribute = 0x86;

        /// <summary>CONSTRAINT_ERROR.</summary>
        public const int ConstraintError = 0x87;

        /// <summary>UNSUPPORTED_WRITE.</summary>
        public const int UnsupportedWrite = 0x88;

        /// <summary>RESOURCE_EXHAUSTED.</summary>
        public const int ResourceExhausted = 0x89;

        /// <summary>NOT_FOUND.</summary>
        public const int NotFound = 0x8B;

        /// <summary>UNREPORTABLE_ATTRIBUTE.</summary>
        public const int UnreportableAttribute = 0x8C;

        /// <summary>INVALID_DATA_TYPE.</summary>
        public const int InvalidDataType = 0x8D;

        /// <summary>UNSUPPORTED_READ.</summary>
        public const int UnsupportedRead = 0x8F;

        /// <summary>DATA_VERSION_MISMATCH.</summary>
        public const int DataVersionMismatch = 0x92;

        /// <summary>TIMEOUT.</summary>
        public const int Timeout = 0x94;

        /// <summary>UNSUPPORTED_NODE.</summary>
        public const int UnsupportedNode = 0x9B;

        /// <summary>BUSY.</summary>
        public const int Busy = 0x9C;

        /// <summary>ACCESS_RESTRICTED.</summary>
        public const int AccessRestricted = 0x9D;

        /// <summary>UNSUPPORTED_CLUSTER.</summary>
        public const int UnsupportedCluster = 0xC3;

        /// <summary>NEEDS_TIMED_INTERACTION.</summary>
        public const int NeedsTimedInteraction = 0xC6;

        /// <summary>UNSUPPORTED_EVENT.</summary>
        public const int UnsupportedEvent = 0xC7;

        /// <summary>PATHS_EXHAUSTED.</summary>
        public const int PathsExhausted = 0xC8;

        /// <summary>TIMED_REQUEST_MISMATCH.</summary>
        public const int TimedRequestMismatch = 0xC9;

        /// <summary>FAILSAFE_REQUIRED.</summary>
        public const int FailsafeRequired = 0xCA;

        /// <summary>INVALID_IN_STATE.</summary>
        public const int InvalidInState = 0xCB;

        /// <summary>NO_COMMAND_RESPONSE.</summary>
        public const int NoCommandResponse = 0xCC;

        /// <summary>DYNAMIC_CONSTRAINT_ERROR.</summary>
        public const int DynamicConstraintError = 0xCF;

        /// <summary>ALREADY_EXISTS.</summary>
        public const int AlreadyExists = 0xD0;

        /// <summary>Not on the wire: a command that needs more Polls; see Cluster.Continue.</summary>
        public const int Pending = -1;

        /// <summary>Status for a fault met in an attribute's value: INVALID_DATA_TYPE, CONSTRAINT_ERROR or INVALID_ACTION.</summary>
        /// <param name="error">A reader's <see cref="MatterError"/>; 0 gives Success.</param>
        /// <returns>The status.</returns>
        public static int OfValue(int error)
        {
            switch (error)
            {
                case 0: return Success;
                case MatterError.WrongType: return InvalidDataType;
                case MatterError.OutOfRange: return ConstraintError;
                default: return InvalidAction;
            }
        }

        /// <summary>Status for a fault met in a command's fields: CONSTRAINT_ERROR or INVALID_COMMAND.</summary>
        /// <param name="error">A reader's <see cref="MatterError"/>; 0 gives Success.</param>
        /// <returns>The status.</returns>
        public static int OfFields(int error)
        {
            switch (error)
            {
                case 0: return Success;
                case MatterError.OutOfRange: return ConstraintError;
                default: return InvalidCommand;
            }
        }

        /// <summary>Status for fields that are faulty or, without a fault, lack one that is mandatory: CONSTRAINT_ERROR or INVALID_COMMAND.</summary>
        /// <param name="error">A reader's <see cref="MatterError"/>; 0 if a field is missing.</param>
        /// <returns>The status; never Success.</returns>
        public static int OfRefusedFields(int error)
        {
            return error != 0 ? OfFields(error) : InvalidCommand;
        }

        /// <summary>FAILURE with a cluster-specific status code beside it (StatusIB tag 1).</summary>
        /// <param name="clusterStatus">The cluster's own status, 1 to 255.</param>
        /// <returns>A status to return from Cluster.Invoke or Cluster.Write.</returns>
        public static int ClusterSpecific(int clusterStatus)
        {
            return Failure | (clusterStatus << 8);
        }
    }
}
