namespace Matter.Nano.InteractionModel
{
    /// <summary>Knows which endpoints a message to a group is for.</summary>
    public interface IGroupMembership
    {
        /// <summary>Whether an endpoint belongs to a group.</summary>
        /// <param name="fabricIndex">The group's fabric.</param>
        /// <param name="groupId">Group id.</param>
        /// <param name="endpointId">Endpoint number.</param>
        /// <returns>True if it does.</returns>
        bool IsMember(int fabricIndex, int groupId, int endpointId);
    }
}
