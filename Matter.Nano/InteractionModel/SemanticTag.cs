namespace Matter.Nano.InteractionModel
{
    /// <summary>Standard namespaces of semantic tags (Matter Standard Namespaces) and their commonest tags, for <see cref="Endpoint.AddTag"/>.</summary>
    public static class SemanticTag
    {
        /// <summary>Namespace CommonNumber: the tag is the number, 0 to 30.</summary>
        public const int Number = 0x07;

        /// <summary>Namespace CommonPosition.</summary>
        public const int Position = 0x08;

        /// <summary>Left, in <see cref="Position"/>.</summary>
        public const int Left = 0;

        /// <summary>Right, in <see cref="Position"/>.</summary>
        public const int Right = 1;

        /// <summary>Top, in <see cref="Position"/>.</summary>
        public const int Top = 2;

        /// <summary>Bottom, in <see cref="Position"/>.</summary>
        public const int Bottom = 3;

        /// <summary>Middle, in <see cref="Position"/>.</summary>
        public const int Middle = 4;
    }
}
