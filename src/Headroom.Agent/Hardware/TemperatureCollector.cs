using Headroom.Agent.Collecting;
using Headroom.Agent.Files;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Hardware;

/// <summary>Temperatures, fans and the machine's own power meter. Some of these sensors take milliseconds to answer, so they are read less often and held.</summary>
internal sealed class TemperatureCollector(CollectorServices services) : ICollector
{
    private const double CelsiusPerMillidegree = 1e-3;
    private const double WattsPerMicrowatt = 1e-6;

    /// <summary>Outside of this a sensor is not connected or broken; drivers report -273.15, 0 K, 127 or 255 then.</summary>
    private const double LowestCelsius = -40;
    private const double HighestCelsius = 125;

    private static readonly string[] CpuDrivers = ["coretemp", "k10temp", "zenpower", "cpu_thermal"];

    private readonly Cadence _reading = new(services.Options.Host.SlowSourceSeconds);
    private readonly Cadence _discovery = new(services.Options.Host.DiscoverySeconds);
    private readonly int _max = services.Entities.Metric(EntityKind.Host, "hw.temperature.max");
    private readonly int _mean = services.Entities.Metric(EntityKind.Host, "hw.temperature.mean");
    private readonly int _cpu = services.Entities.Metric(EntityKind.Host, "hw.temperature.cpu");
    private readonly int _fan = services.Entities.Metric(EntityKind.Host, "hw.fan.speed.max");
    private readonly int _power = services.Entities.Metric(EntityKind.Host, "hw.host.power");
    private List<Sensor> _sensors = [];
    private Readings _last = Readings.None;

    private enum SensorKind
    {
        Temperature,
        CpuTemperature,
        Fan,
        Power,
    }

    public string Name => "temperature";

    public void Collect(CollectionContext context)
    {
        if (_discovery.IsDue(context))
        {
            _sensors.ForEach(sensor => sensor.File.Dispose());
            _sensors = [.. Hwmon(), .. ThermalZones()];
        }

        if (_reading.IsDue(context))
        {
            _last = Read();
        }

        context.Host.Set(_max, _last.Max);
        context.Host.Set(_mean, _last.Mean);
        context.Host.Set(_cpu, _last.Cpu);
        context.Host.Set(_fan, _last.Fan);
        context.Host.Set(_power, _last.Power);
    }

    private Readings Read()
    {
        var (max, sum, count, cpu, fan, power) = (double.NaN, 0.0, 0, double.NaN, double.NaN, double.NaN);
        foreach (var sensor in _sensors)
        {
            if (!sensor.File.TryReadSigned(out var raw))
            {
                continue;
            }

            if (sensor.Kind == SensorKind.Fan)
            {
                fan = raw >= 0 ? double.MaxNumber(fan, raw) : fan;
            }
            else if (sensor.Kind == SensorKind.Power)
            {
                power = raw > 0 ? (double.IsNaN(power) ? 0 : power) + (raw * WattsPerMicrowatt) : power;
            }
            else if (raw * CelsiusPerMillidegree is > LowestCelsius and < HighestCelsius and var celsius)
            {
                (max, sum, count) = (double.MaxNumber(max, celsius), sum + celsius, count + 1);
                cpu = sensor.Kind == SensorKind.CpuTemperature ? double.MaxNumber(cpu, celsius) : cpu;
            }
        }

        return new Readings(max, count == 0 ? double.NaN : sum / count, cpu, fan, power);
    }

    private IEnumerable<Sensor> Hwmon()
    {
        const string folder = "/sys/class/hwmon";
        foreach (var device in Names(folder))
        {
            var driver = services.Files.ReadText($"{folder}/{device}/name") ?? "";
            foreach (var file in Names($"{folder}/{device}"))
            {
                SensorKind? kind = (Head(file), file.EndsWith("_input", StringComparison.Ordinal)) switch
                {
                    ("temp", true) => CpuDrivers.Contains(driver) ? SensorKind.CpuTemperature : SensorKind.Temperature,
                    ("fan", true) => SensorKind.Fan,
                    ("power", _) when driver == "power_meter" && file is "power1_average" => SensorKind.Power,
                    _ => null,
                };
                if (kind is { } known)
                {
                    yield return new Sensor(services.Files.File($"{folder}/{device}/{file}"), known);
                }
            }
        }
    }

    private IEnumerable<Sensor> ThermalZones()
    {
        const string folder = "/sys/class/thermal";
        foreach (var zone in Names(folder).Where(name => Head(name) == "thermal_zone"))
        {
            // The package sensor is both a zone and a hwmon device; counting it once is enough.
            if (services.Files.ReadText($"{folder}/{zone}/type") is { } type && type != "x86_pkg_temp")
            {
                yield return new Sensor(services.Files.File($"{folder}/{zone}/temp"), type.StartsWith("cpu", StringComparison.Ordinal) ? SensorKind.CpuTemperature : SensorKind.Temperature);
            }
        }
    }

    private List<string> Names(string folder)
    {
        var names = new List<string>();
        services.Files.System.List(folder, names);
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static string Head(string name)
    {
        var digit = name.AsSpan().IndexOfAnyInRange('0', '9');
        return digit < 0 ? name : name[..digit];
    }

    private sealed record Sensor(KernelFile File, SensorKind Kind);

    private sealed record Readings(double Max, double Mean, double Cpu, double Fan, double Power)
    {
        public static Readings None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
