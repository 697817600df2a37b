using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>Utilization of the GPU's engines, as the driver samples it.</summary>
internal sealed class UtilizationReader(GpuDevice device) : IGpuReader
{
    private const string RatesCall = "nvmlDeviceGetUtilizationRates";
    private const double PerPercent = 1e-2;

    private readonly int _gpu = device.Metric("hw.gpu.utilization");
    private readonly int _memoryCopy = device.Metric("hw.gpu.utilization.memory_copy");
    private readonly (string Call, int Metric)[] _engines =
    [
        ("nvmlDeviceGetEncoderUtilization", device.Metric("hw.gpu.utilization.encoder")),
        ("nvmlDeviceGetDecoderUtilization", device.Metric("hw.gpu.utilization.decoder")),
        ("nvmlDeviceGetJpgUtilization", device.Metric("hw.gpu.utilization.jpeg")),
        ("nvmlDeviceGetOfaUtilization", device.Metric("hw.gpu.utilization.optical_flow")),
    ];

    public void Read(GpuDevice device, CollectionContext context)
    {
        var rates = default(NvmlUtilization);
        if (device.Wants(RatesCall) && device.Succeeded(RatesCall, device.Library.Get(RatesCall, device.Handle, ref rates)))
        {
            device.Set(_gpu, rates.Gpu, PerPercent);
            device.Set(_memoryCopy, rates.Memory, PerPercent);
        }

        foreach (var (call, metric) in _engines)
        {
            if (device.Wants(call) && device.Succeeded(call, device.Library.GetPair(call, device.Handle, out var percent, out _)))
            {
                device.Set(metric, percent, PerPercent);
            }
        }
    }
}
