namespace Matter.Nano.Fabrics
{
    /// <summary>Ranges of node ids and CASE authenticated tags.</summary>
    public static class OperationalId
    {
        /// <summary>Smallest operational node id.</summary>
        public const ulong MinNodeId = 1;

        /// <summary>Largest operational node id.</summary>
        public const ulong MaxNodeId = 0xFFFFFFEFFFFFFFFF;

        private const uint CaseAuthenticatedTagPrefix = 0xFFFFFFFD;

        /// <summary>Whether a number can be a node's id on a fabric.</summary>
        /// <param name="nodeId">The number.</param>
        /// <returns>True if it lies in the operational range.</returns>
        public static bool IsNodeId(ulong nodeId)
        {
            return nodeId >= MinNodeId && nodeId <= MaxNodeId;
        }

        /// <summary>Whether a number is a valid CASE authenticated tag: its version, the low 16 bits, is not 0.</summary>
        /// <param name="tag">Identifier &lt;&lt; 16 | version.</param>
        /// <returns>True if it is valid.</returns>
        public static bool IsCaseAuthenticatedTag(uint tag)
        {
            return (tag & 0xFFFF) != 0;
        }

        /// <summary>Whether a subject of an access control entry under CASE is valid: a node or a CASE authenticated tag.</summary>
        /// <param name="subject">Subject id.</param>
        /// <returns>True if it is valid.</returns>
        public static bool IsCaseSubject(ulong subject)
        {
            return IsNodeId(subject) || IsTagSubject(subject) && IsCaseAuthenticatedTag((uint)subject);
        }

        /// <summary>Whether a subject of an access control entry stands for a CASE authenticated tag, its low 32 bits.</summary>
        /// <param name="subject">Subject id.</param>
        /// <returns>True for 0xFFFFFFFD_xxxxxxxx.</returns>
        public static bool IsTagSubject(ulong subject)
        {
            return (uint)(subject >> 32) == CaseAuthenticatedTagPrefix;
        }
    }
}
