using System.Buffers.Text;
using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Pressure stall information (PSI): how long tasks waited for a resource.</summary>
internal sealed class PressureCollector(CollectorServices services) : ICollector
{
    private const double SecondsPerMicrosecond = 1e-6;

    private readonly Resource[] _resources =
    [
        .. new[] { "cpu", "memory", "io", "irq" }.Select(name => new Resource(
            services.Files.File($"/proc/pressure/{name}"),
            name == "irq" ? -1 : services.Entities.Metric(EntityKind.Host, $"system.pressure.{name}.some"),
            services.Entities.Metric(EntityKind.Host, $"system.pressure.{name}.full"),
            name == "irq" ? -1 : services.Entities.Metric(EntityKind.Host, $"system.pressure.{name}.some.60s"))),
    ];

    public string Name => "pressure";

    public void Collect(CollectionContext context)
    {
        foreach (var resource in _resources)
        {
            if (resource.File.TryRead(out var content))
            {
                Collect(context, resource, content);
            }
        }
    }

    private static void Collect(CollectionContext context, Resource resource, ReadOnlySpan<byte> content)
    {
        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var fields = new Fields(line);
            fields.TryReadWord(out var scope);
            var (metric, mean) = scope.SequenceEqual("some"u8) ? (resource.Some, resource.SomeMean) : (resource.Full, -1);
            while (fields.TryReadWord(out var field))
            {
                if (mean >= 0 && field.StartsWith("avg60="u8) && Utf8Parser.TryParse(field[6..], out double percent, out _))
                {
                    context.Host.Set(mean, percent / 100);
                }

                if (!field.StartsWith("total="u8))
                {
                    continue;
                }

                if (!Utf8Parser.TryParse(field[6..], out ulong microseconds, out var used) || used != field.Length - 6)
                {
                    context.Malformed(resource.File.Path, "total=<microseconds>", line);
                }
                else if (metric >= 0)
                {
                    context.Host.SetRate(metric, microseconds, SecondsPerMicrosecond);
                }
            }
        }
    }

    private sealed record Resource(KernelFile File, int Some, int Full, int SomeMean);
}
