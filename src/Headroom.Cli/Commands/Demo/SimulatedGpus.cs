using System.Globalization;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Demo;

/// <summary>
/// GPUs of a demo host, simulated and named so: on even hosts they train (compute and exchange in turns), on odd hosts they serve requests
/// that follow the day. No two are filled alike, and one in a few is hardly used. Power follows the tensor pipe and ends at the limit, where the driver
/// lowers the clock.
/// </summary>
internal sealed class SimulatedGpus
{
    private const double LimitWatts = 700;
    private const double IdleWatts = 90;
    private const double MemoryBytes = 80e9;
    private const double ClockHertz = 1.98e9;
    private const double LeastShare = 0.15;
    private const double LeastFilled = 0.3;
    private const double MostFilled = 0.94;

    /// <summary>Of the memory in use, what the process holds; the driver keeps the rest.</summary>
    private const double ProcessShare = 0.98;

    /// <summary>Seconds of a training step, and the share of it in which gradients are exchanged.</summary>
    private const double StepSeconds = 12;
    private const double ExchangeShare = 0.25;

    private readonly IReadOnlyList<(EntityDescriptor Gpu, EntityDescriptor Process, double Share, double Filled)> _gpus;
    private readonly DayCurve _curve;
    private readonly bool _trains;
    private readonly int _seed;

    public SimulatedGpus(int count, int host, int seed, DayCurve curve)
    {
        (_curve, _trains, _seed) = (curve, host % 2 == 0, (seed * 1_000_003) + (host * 7919));
        var job = _trains ? "training" : "inference";
        _gpus = [.. Enumerable.Range(0, count).Select(index =>
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"GPU-demo-{host:00}-{index}");
            var attributes = new Dictionary<string, string> { ["hw.model"] = "simulated", ["hw.gpu.index"] = index.ToString(CultureInfo.InvariantCulture) };
            return (
                new EntityDescriptor(0, EntityKind.Gpu, key, $"simulated GPU #{index}", "host", attributes),
                new EntityDescriptor(0, EntityKind.GpuProcess, $"{key}/{job}", job, key, new Dictionary<string, string>()),
                Spread.Of((host * count) + index, seed, LeastShare, 1),
                Spread.Of(3 * ((host * count) + index), seed, LeastFilled, MostFilled));
        })];
    }

    public IEnumerable<(EntityDescriptor Entity, MetricVector Values)> Read(DateTimeOffset time)
    {
        for (var index = 0; index < _gpus.Count; index++)
        {
            var random = new Random(unchecked(_seed + (index * 104_729) + (int)time.ToUnixTimeSeconds()));
            var (gpu, process, share, filled) = _gpus[index];
            var tensor = Math.Clamp((share * (_trains ? Training(time) : Serving(time, index))) + (0.03 * (random.NextDouble() - 0.5)), 0, 1);
            yield return (gpu, Gpu(tensor, filled, random));
            yield return (process, Process(tensor, filled));
        }
    }

    private static double Training(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds() / 1_000.0 % StepSeconds < StepSeconds * (1 - ExchangeShare) ? 0.85 : 0.12;

    // Requests arrive in minutes that differ from GPU to GPU.
    private double Serving(DateTimeOffset time, int index)
    {
        var minute = new Random(unchecked(_seed + (index * 15_485_863) + (int)(time.ToUnixTimeSeconds() / 60))).NextDouble();
        return _curve.At(time) * (0.35 + (0.65 * minute));
    }

    private static MetricVector Gpu(double tensor, double filled, Random random)
    {
        var wanted = IdleWatts + ((LimitWatts * 1.05) - IdleWatts) * Math.Pow(tensor, 0.8);
        var (power, capped) = (Math.Min(wanted, LimitWatts), wanted > LimitWatts);
        var used = MemoryBytes * filled;
        return Vector(EntityKind.Gpu, new Dictionary<string, double>
        {
            ["hw.gpu.utilization"] = Math.Min(1, tensor * 1.15),
            ["hw.gpu.utilization.memory_copy"] = tensor * 0.6,
            ["hw.gpu.processes"] = 1,
            ["hw.gpu.engine.active"] = Math.Min(1, tensor * 1.15),
            ["hw.gpu.sm.active"] = Math.Min(1, tensor * 1.05),
            ["hw.gpu.sm.occupancy"] = tensor * 0.45,
            ["hw.gpu.pipe.tensor"] = tensor,
            ["hw.gpu.memory.bandwidth.utilization"] = tensor * 0.7,
            ["hw.gpu.memory.limit"] = MemoryBytes,
            ["hw.gpu.memory.usage"] = used,
            ["hw.gpu.memory.free"] = MemoryBytes - used,
            ["hw.gpu.memory.utilization"] = used / MemoryBytes,
            ["hw.gpu.power"] = power,
            ["hw.gpu.power.instant"] = power + (10 * (random.NextDouble() - 0.5)),
            ["hw.gpu.power.mean"] = power,
            ["hw.gpu.power.limit"] = LimitWatts,
            ["hw.gpu.power.limit.default"] = LimitWatts,
            ["hw.gpu.temperature"] = Math.Round(32 + (power / 16)),
            ["hw.gpu.clock.sm"] = capped ? ClockHertz * LimitWatts / wanted : ClockHertz,
            ["hw.gpu.clock.sm.limit"] = ClockHertz,
            ["hw.gpu.throttle.power_cap"] = capped ? 1 : 0,
            ["hw.gpu.throttle.idle"] = tensor < 0.02 ? 1 : 0,
        });
    }

    private static MetricVector Process(double tensor, double filled) => Vector(EntityKind.GpuProcess, new Dictionary<string, double>
    {
        ["hw.gpu.process.memory.usage"] = MemoryBytes * filled * ProcessShare,
        ["hw.gpu.process.memory.share"] = filled * ProcessShare,
        ["hw.gpu.process.utilization.sm"] = Math.Min(1, tensor * 1.05),
        ["hw.gpu.process.utilization.memory"] = tensor * 0.6,
    });

    private static MetricVector Vector(EntityKind kind, Dictionary<string, double> values)
    {
        var vector = new MetricVector(MetricCatalogue.Current.For(kind).Count);
        foreach (var (name, value) in values)
        {
            vector[MetricCatalogue.Current.OrdinalOf(kind, name) ?? throw new InvalidOperationException($"the catalogue has no {name} of a {kind}")] = (float)value;
        }

        return vector;
    }
}
