using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>Every NVIDIA GPU and the processes on it, through the driver's management library when it is there.</summary>
internal sealed class GpuCollector(CollectorServices services) : ICollector, IExplainsAbsence
{
    private readonly Cadence _discovery = new(services.Options.Host.DiscoverySeconds);
    private readonly List<(GpuDevice Device, IGpuReader[] Readers)> _gpus = [];
    private NvmlLibrary? _library;
    private string _reason = "the GPUs have not been looked for yet";

    public string Name => "gpu";

    public IEnumerable<string> Absences => _library is null
        ? [_reason]
        : _gpus.SelectMany(gpu => gpu.Device.Refused.Select(refusal => $"{gpu.Device.Entity.Descriptor.Name}: {refusal.Call} answered {refusal.Result}"));

    public void Collect(CollectionContext context)
    {
        if (_gpus.Count == 0 && _discovery.IsDue(context))
        {
            Discover();
        }

        foreach (var (device, readers) in _gpus)
        {
            device.BeginTick(context.Tick);
            foreach (var reader in readers)
            {
                reader.Read(device, context);
            }
        }
    }

    private void Discover()
    {
        _library ??= NvmlLibrary.TryStart(services.Options.Host.NvmlLibrary, out _reason);
        if (_library is null || _library.GetCount("nvmlDeviceGetCount_v2", out var count) != NvmlReturn.Success)
        {
            return;
        }

        for (var index = 0u; index < count; index++)
        {
            if (_library.GetHandle("nvmlDeviceGetHandleByIndex_v2", index, out var handle) == NvmlReturn.Success)
            {
                _gpus.Add(Describe(_library, index, handle));
            }
        }
    }

    private (GpuDevice Device, IGpuReader[] Readers) Describe(NvmlLibrary library, uint index, nint handle)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        var model = library.Text("nvmlDeviceGetName", handle) ?? "NVIDIA GPU";
        var key = library.Text("nvmlDeviceGetUUID", handle) ?? $"gpu{number}";
        var attributes = new Dictionary<string, string> { ["hw.model"] = model, ["hw.vendor"] = "NVIDIA", ["hw.gpu.index"] = number };
        if (library.Text("nvmlSystemGetDriverVersion") is { } driver)
        {
            attributes["hw.driver_version"] = driver;
        }

        var entity = services.Entities.GetOrAdd(EntityKind.Gpu, key, $"{model} #{number}", EntityRegistry.HostKey, attributes);
        var device = new GpuDevice(library, handle, index, entity, services.Entities);

        // The performance monitor comes before the fields, whose counters only stand in for it; memory before processes, which take its limit.
        return (device,
        [
            new UtilizationReader(device), new GpuMemoryReader(device), new NumberReader(device), new PowerReader(device), new ThrottleReader(device),
            new PerformanceMonitorReader(device), new FieldReader(device), new LinkReader(device), new GpuErrorReader(device), new XidReader(device),
            new GpuProcessReader(device, services),
        ]);
    }
}
