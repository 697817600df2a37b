using System.Buffers.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Load averages and the number of tasks, also against the machine's limit.</summary>
internal sealed class LoadCollector(CollectorServices services) : ICollector
{
    private readonly KernelFile _file = services.Files.File("/proc/loadavg");
    private readonly KernelFile _limit = services.Files.File("/proc/sys/kernel/threads-max");
    private readonly int[] _loads =
    [
        .. new[] { "1m", "5m", "15m" }.Select(span => services.Entities.Metric(EntityKind.Host, $"system.linux.load.{span}")),
    ];

    private readonly int _tasks = services.Entities.Metric(EntityKind.Host, "system.task.count");
    private readonly int _utilization = services.Entities.Metric(EntityKind.Host, "system.task.utilization");

    public string Name => "load";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        var fields = new Fields(content);
        foreach (var metric in _loads)
        {
            if (!fields.TryReadNumber(out var load))
            {
                context.Malformed(_file.Path, "three load averages and runnable/all tasks", content);
                return;
            }

            context.Host.Set(metric, load);
        }

        if (!fields.TryReadWord(out var word) || !Utf8Parser.TryParse(word[(word.IndexOf((byte)'/') + 1)..], out ulong tasks, out _))
        {
            context.Malformed(_file.Path, "three load averages and runnable/all tasks", content);
            return;
        }

        context.Host.Set(_tasks, tasks);
        if (_limit.TryReadSigned(out var limit) && limit > 0)
        {
            context.Host.Set(_utilization, tasks / (double)limit);
        }
    }
}
