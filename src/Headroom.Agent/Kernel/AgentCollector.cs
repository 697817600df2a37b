using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Kernel;

/// <summary>What this agent costs and how it fares.</summary>
internal sealed class AgentCollector(CollectorServices services) : ICollector
{
    private const double SecondsPerTimeSpanTick = 1e-7;

    private readonly KernelFile _memoryFile = services.Files.File("/proc/self/statm");
    private readonly int _cpu = services.Entities.Metric(EntityKind.Host, "headroom.agent.cpu.utilization");
    private readonly int _memory = services.Entities.Metric(EntityKind.Host, "headroom.agent.memory.resident");
    private readonly int _duration = services.Entities.Metric(EntityKind.Host, "headroom.agent.collect.duration");
    private readonly int _lateness = services.Entities.Metric(EntityKind.Host, "headroom.agent.collect.lateness");
    private readonly int _failures = services.Entities.Metric(EntityKind.Host, "headroom.agent.collect.failures");
    private readonly int _entities = services.Entities.Metric(EntityKind.Host, "headroom.agent.entities");

    public string Name => "agent";

    public void Collect(CollectionContext context)
    {
        context.Host.SetRate(_cpu, (ulong)Environment.CpuUsage.TotalTime.Ticks, SecondsPerTimeSpanTick);
        context.Host.Set(_lateness, context.Lateness.TotalSeconds);
        context.Host.SetRate(_failures, (ulong)context.Previous.FailureCount);
        if (context.Tick > 0)
        {
            context.Host.Set(_duration, context.Previous.Duration.TotalSeconds);
            context.Host.Set(_entities, context.Previous.EntityCount);
        }

        if (_memoryFile.TryRead(out var content))
        {
            var fields = new Fields(content);
            if (fields.Skip(1) && fields.TryReadUnsigned(out var pages))
            {
                context.Host.Set(_memory, pages * (double)Environment.SystemPageSize);
            }
        }
    }
}
