using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>The energy counter and the range that the power limit may be set in.</summary>
internal sealed class PowerReader(GpuDevice device) : IGpuReader
{
    private const string EnergyCall = "nvmlDeviceGetTotalEnergyConsumption";
    private const string RangeCall = "nvmlDeviceGetPowerManagementLimitConstraints";
    private const double PerThousand = 1e-3;

    private readonly int _mean = device.Metric("hw.gpu.power.mean");
    private readonly int _min = device.Metric("hw.gpu.power.limit.min");
    private readonly int _max = device.Metric("hw.gpu.power.limit.max");

    public void Read(GpuDevice device, CollectionContext context)
    {
        var millijoules = 0UL;
        if (device.Wants(EnergyCall) && device.Succeeded(EnergyCall, device.Library.Get(EnergyCall, device.Handle, ref millijoules)))
        {
            device.Set(_mean, millijoules, PerThousand);
        }

        if (device.Wants(RangeCall) && device.Succeeded(RangeCall, device.Library.GetPair(RangeCall, device.Handle, out var min, out var max)))
        {
            device.Set(_min, min, PerThousand);
            device.Set(_max, max, PerThousand);
        }
    }
}
