using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>The calls that give one number: power, clocks, links, limits.</summary>
internal sealed class NumberReader(GpuDevice device) : IGpuReader
{
    private const double WattsPerMilliwatt = 1e-3;
    private const double HertzPerMegahertz = 1e6;
    private const double PerPercent = 1e-2;

    private const uint GraphicsClock = 0;
    private const uint SmClock = 1;
    private const uint MemoryClock = 2;
    private const uint VideoClock = 3;
    private const uint GpuSensor = 0;
    private const uint ShutdownThreshold = 0;
    private const uint SlowdownThreshold = 1;

    private readonly Number[] _numbers =
    [
        new("nvmlDeviceGetPowerUsage", null, device.Metric("hw.gpu.power"), WattsPerMilliwatt),
        new("nvmlDeviceGetEnforcedPowerLimit", null, device.Metric("hw.gpu.power.limit"), WattsPerMilliwatt),
        new("nvmlDeviceGetPowerManagementLimit", null, device.Metric("hw.gpu.power.limit.requested"), WattsPerMilliwatt),
        new("nvmlDeviceGetPowerManagementDefaultLimit", null, device.Metric("hw.gpu.power.limit.default"), WattsPerMilliwatt),
        new("nvmlDeviceGetTemperature", GpuSensor, device.Metric("hw.gpu.temperature"), 1),
        new("nvmlDeviceGetTemperatureThreshold", SlowdownThreshold, device.Metric("hw.gpu.temperature.limit.slowdown"), 1),
        new("nvmlDeviceGetTemperatureThreshold", ShutdownThreshold, device.Metric("hw.gpu.temperature.limit.shutdown"), 1),
        new("nvmlDeviceGetFanSpeed", null, device.Metric("hw.gpu.fan.speed"), PerPercent),
        new("nvmlDeviceGetClockInfo", GraphicsClock, device.Metric("hw.gpu.clock.graphics"), HertzPerMegahertz),
        new("nvmlDeviceGetClockInfo", SmClock, device.Metric("hw.gpu.clock.sm"), HertzPerMegahertz),
        new("nvmlDeviceGetClockInfo", MemoryClock, device.Metric("hw.gpu.clock.memory"), HertzPerMegahertz),
        new("nvmlDeviceGetClockInfo", VideoClock, device.Metric("hw.gpu.clock.video"), HertzPerMegahertz),
        new("nvmlDeviceGetMaxClockInfo", SmClock, device.Metric("hw.gpu.clock.sm.limit"), HertzPerMegahertz),
        new("nvmlDeviceGetMaxClockInfo", MemoryClock, device.Metric("hw.gpu.clock.memory.limit"), HertzPerMegahertz),
        new("nvmlDeviceGetPcieReplayCounter", null, device.Metric("hw.gpu.pcie.replays"), 1),
        new("nvmlDeviceGetCurrPcieLinkGeneration", null, device.Metric("hw.gpu.pcie.generation"), 1),
        new("nvmlDeviceGetCurrPcieLinkWidth", null, device.Metric("hw.gpu.pcie.width"), 1),
        new("nvmlDeviceGetMaxPcieLinkGeneration", null, device.Metric("hw.gpu.pcie.generation.limit"), 1),
        new("nvmlDeviceGetMaxPcieLinkWidth", null, device.Metric("hw.gpu.pcie.width.limit"), 1),
    ];

    private readonly int _performanceState = device.Metric("hw.gpu.performance_state");

    public void Read(GpuDevice device, CollectionContext context)
    {
        foreach (var number in _numbers)
        {
            if (!device.Wants(number.Call))
            {
                continue;
            }

            var value = 0u;
            var result = number.Argument is { } argument
                ? device.Library.Get(number.Function, device.Handle, argument, ref value)
                : device.Library.Get(number.Function, device.Handle, ref value);
            if (device.Succeeded(number.Call, result))
            {
                device.Set(number.Metric, value, number.Scale);
            }
        }

        const string stateCall = "nvmlDeviceGetPerformanceState";
        const uint unknownState = 32;
        var state = 0u;
        if (device.Wants(stateCall)
            && device.Succeeded(stateCall, device.Library.Get(stateCall, device.Handle, ref state)) && state != unknownState)
        {
            device.Set(_performanceState, state, 1);
        }
    }

    private sealed record Number(string Function, uint? Argument, int Metric, double Scale)
    {
        public string Call { get; } = Argument is { } argument ? $"{Function}({argument})" : Function;
    }
}
