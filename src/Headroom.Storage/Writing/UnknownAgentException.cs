namespace Headroom.Storage.Writing;

/// <summary>A batch came from an agent that was never enrolled.</summary>
public sealed class UnknownAgentException(Guid agentId)
    : Exception($"agent {agentId} is not enrolled: enrol it before it sends frames")
{
    /// <summary>The agent that the batch names.</summary>
    public Guid AgentId { get; } = agentId;
}
