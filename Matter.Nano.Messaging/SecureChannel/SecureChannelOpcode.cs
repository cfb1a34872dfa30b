namespace Matter.Nano.SecureChannel
{
    /// <summary>Opcodes of the Secure Channel protocol (Matter Core 4.11).</summary>
    public static class SecureChannelOpcode
    {
        /// <summary>MsgCounterSyncReq.</summary>
        public const int MessageCounterSyncRequest = 0x00;

        /// <summary>MsgCounterSyncRsp.</summary>
        public const int MessageCounterSyncResponse = 0x01;

        /// <summary>PBKDFParamRequest.</summary>
        public const int PbkdfParamRequest = 0x20;

        /// <summary>PBKDFParamResponse.</summary>
        public const int PbkdfParamResponse = 0x21;

        /// <summary>Pake1.</summary>
        public const int Pake1 = 0x22;

        /// <summary>Pake2.</summary>
        public const int Pake2 = 0x23;

        /// <summary>Pake3.</summary>
        public const int Pake3 = 0x24;

        /// <summary>Sigma1.</summary>
        public const int Sigma1 = 0x30;

        /// <summary>Sigma2.</summary>
        public const int Sigma2 = 0x31;

        /// <summary>Sigma3.</summary>
        public const int Sigma3 = 0x32;

        /// <summary>Sigma2Resume.</summary>
        public const int Sigma2Resume = 0x33;

        /// <summary>StatusReport.</summary>
        public const int StatusReport = 0x40;
    }
}
