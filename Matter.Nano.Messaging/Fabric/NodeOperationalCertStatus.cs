namespace Matter.Nano.Fabrics
{
    /// <summary>NodeOperationalCertStatusEnum of the Operational Credentials cluster.</summary>
    public static class NodeOperationalCertStatus
    {
        /// <summary>Done.</summary>
        public const int Ok = 0;

        /// <summary>The NOC's public key is not that of the last CSR.</summary>
        public const int InvalidPublicKey = 1;

        /// <summary>The NOC's node id is not operational.</summary>
        public const int InvalidNodeOpId = 2;

        /// <summary>The chain does not hold, or its root was not added before.</summary>
        public const int InvalidNoc = 3;

        /// <summary>No CSR came before.</summary>
        public const int MissingCsr = 4;

        /// <summary>Every row of the fabric table is in use.</summary>
        public const int TableFull = 5;

        /// <summary>CaseAdminSubject is neither a node nor a CASE authenticated tag.</summary>
        public const int InvalidAdminSubject = 6;

        /// <summary>The node is on that fabric already, or the NOC is for another one.</summary>
        public const int FabricConflict = 9;

        /// <summary>Another fabric has that label.</summary>
        public const int LabelConflict = 10;

        /// <summary>No fabric has that index.</summary>
        public const int InvalidFabricIndex = 11;
    }
}
