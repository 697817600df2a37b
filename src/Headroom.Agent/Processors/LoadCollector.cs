using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Load averages.</summary>
internal sealed class LoadCollector(CollectorServices services) : ICollector
{
    private readonly KernelFile _file = services.Files.File("/proc/loadavg");
    private readonly int _oneMinute = services.Entities.Metric(EntityKind.Host, "system.linux.load.1m");

    public string Name => "load";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        var fields = new Fields(content);
        if (fields.TryReadNumber(out var load))
        {
            context.Host.Set(_oneMinute, load);
        }
        else
        {
            context.Malformed(_file.Path, "three load averages", content);
        }
    }
}
