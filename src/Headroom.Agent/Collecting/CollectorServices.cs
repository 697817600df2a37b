using Headroom.Agent.Configuration;
using Headroom.Agent.Files;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Collecting;

/// <summary>What a collector may be built from.</summary>
/// <param name="Files">The machine's files, with a shared buffer.</param>
/// <param name="Entities">Where it describes what it measures.</param>
/// <param name="Options">The agent's settings.</param>
/// <param name="Clock">Time, for collectors that look for something only now and then.</param>
/// <param name="Log">Where it may write; a failure of a tick is logged for it.</param>
internal sealed record CollectorServices(
    KernelFiles Files,
    EntityRegistry Entities,
    AgentOptions Options,
    TimeProvider Clock,
    ILogger Log);
