namespace Matter.Nano.InteractionModel
{
    /// <summary>Opcodes of the Interaction Model protocol.</summary>
    public static class InteractionOpcode
    {
        /// <summary>StatusResponse.</summary>
        public const int StatusResponse = 0x01;

        /// <summary>ReadRequest.</summary>
        public const int ReadRequest = 0x02;

        /// <summary>SubscribeRequest.</summary>
        public const int SubscribeRequest = 0x03;

        /// <summary>SubscribeResponse.</summary>
        public const int SubscribeResponse = 0x04;

        /// <summary>ReportData.</summary>
        public const int ReportData = 0x05;

        /// <summary>WriteRequest.</summary>
        public const int WriteRequest = 0x06;

        /// <summary>WriteResponse.</summary>
        public const int WriteResponse = 0x07;

        /// <summary>InvokeRequest.</summary>
        public const int InvokeRequest = 0x08;

        /// <summary>InvokeResponse.</summary>
        public const int InvokeResponse = 0x09;

        /// <summary>TimedRequest.</summary>
        public const int TimedRequest = 0x0A;
    }
}
