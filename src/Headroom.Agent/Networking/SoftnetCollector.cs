using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Networking;

/// <summary>The CPUs' receive queues: <c>/proc/net/softnet_stat</c>, one line of hexadecimal numbers per CPU.</summary>
internal sealed class SoftnetCollector(CollectorServices services) : ICollector
{
    private readonly KernelFile _file = services.Files.File("/proc/net/softnet_stat");
    private readonly List<CounterRow> _cpus = [];
    private readonly CounterTotals _totals = new(3);
    private readonly int[] _metrics =
    [
        .. new[] { "processed", "dropped", "squeezed" }.Select(name => services.Entities.Metric(EntityKind.Host, $"system.network.softnet.{name}")),
    ];

    public string Name => "softnet";

    public void Collect(CollectionContext context)
    {
        if (!_file.TryRead(out var content))
        {
            return;
        }

        Span<ulong> columns = stackalloc ulong[3];
        _totals.Clear();
        var lines = new Lines(content);
        for (var cpu = 0; lines.TryRead(out var line); cpu++)
        {
            var fields = new Fields(line);
            for (var i = 0; i < columns.Length; i++)
            {
                if (!fields.TryReadWord(out var word) || !ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out columns[i]))
                {
                    context.Malformed(_file.Path, "at least three hexadecimal numbers per CPU", line);
                    return;
                }
            }

            if (_cpus.Count <= cpu)
            {
                _cpus.Add(new CounterRow(columns.Length));
            }

            if (_cpus[cpu].TryAdvance(columns, context.MonotonicNanoseconds))
            {
                _totals.Add(_cpus[cpu]);
            }
        }

        for (var i = 0; i < _metrics.Length && _totals.Count > 0; i++)
        {
            context.Host.Set(_metrics[i], _totals.Increases[i] / _totals.Seconds);
        }
    }
}
