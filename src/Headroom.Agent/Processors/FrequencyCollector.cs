using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Processors;

/// <summary>Clock frequency and thermal throttling of every logical CPU; virtual machines mostly have neither.</summary>
internal sealed class FrequencyCollector(CollectorServices services) : ICollector
{
    private const double HertzPerKilohertz = 1000;

    private readonly int _mean = services.Entities.Metric(EntityKind.Host, "system.cpu.frequency.mean");
    private readonly int _min = services.Entities.Metric(EntityKind.Host, "system.cpu.frequency.min");
    private readonly int _max = services.Entities.Metric(EntityKind.Host, "system.cpu.frequency.max");
    private readonly int _hostCore = services.Entities.Metric(EntityKind.Host, "system.cpu.throttle.core");
    private readonly int _hostPackage = services.Entities.Metric(EntityKind.Host, "system.cpu.throttle.package");
    private readonly int _frequency = services.Entities.Metric(EntityKind.Cpu, "system.cpu.frequency");
    private readonly int _core = services.Entities.Metric(EntityKind.Cpu, "system.cpu.throttle.core");
    private List<Cpu>? _cpus;

    public string Name => "frequency";

    public void Collect(CollectionContext context)
    {
        _cpus ??= Discover();
        var (sum, min, max, count) = (0.0, double.NaN, double.NaN, 0);
        ulong core = 0, package = 0;
        var throttles = false;
        foreach (var cpu in _cpus)
        {
            if (cpu.Frequency?.TryReadSigned(out var kilohertz) == true && kilohertz > 0)
            {
                var hertz = kilohertz * HertzPerKilohertz;
                cpu.Entity.Set(_frequency, hertz);
                (sum, min, max, count) = (sum + hertz, double.MinNumber(min, hertz), double.MaxNumber(max, hertz), count + 1);
            }

            if (cpu.CoreThrottle?.TryReadSigned(out var coreEvents) == true)
            {
                throttles = true;
                core += (ulong)coreEvents;
                cpu.Entity.SetRate(_core, (ulong)coreEvents);
            }

            if (cpu.PackageThrottle?.TryReadSigned(out var packageEvents) == true)
            {
                package += (ulong)packageEvents;
            }
        }

        if (count > 0)
        {
            context.Host.Set(_mean, sum / count);
            context.Host.Set(_min, min);
            context.Host.Set(_max, max);
        }

        if (throttles)
        {
            context.Host.SetRate(_hostCore, core);
            context.Host.SetRate(_hostPackage, package);
        }
    }

    private List<Cpu> Discover()
    {
        const string folder = "/sys/devices/system/cpu";
        var names = new List<string>();
        services.Files.System.List(folder, names);
        return
        [
            .. names
                .Where(name => name.StartsWith("cpu", StringComparison.Ordinal) && int.TryParse(name.AsSpan(3), out var number) && number < services.Options.Host.MaxCpus)
                .Order(StringComparer.Ordinal)
                .Select(name => new Cpu(
                    services.Entities.GetOrAdd(EntityKind.Cpu, name, name, EntityRegistry.HostKey),
                    FileIfThere($"{folder}/{name}/cpufreq/scaling_cur_freq"),
                    FileIfThere($"{folder}/{name}/thermal_throttle/core_throttle_count"),
                    FileIfThere($"{folder}/{name}/thermal_throttle/package_throttle_count")))
                .Where(cpu => cpu.Frequency is not null || cpu.CoreThrottle is not null),
        ];
    }

    private KernelFile? FileIfThere(string path) => services.Files.System.Exists(path) ? services.Files.File(path) : null;

    private sealed record Cpu(Entity Entity, KernelFile? Frequency, KernelFile? CoreThrottle, KernelFile? PackageThrottle);
}
