using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>Why clocks are lower than they could be, at the moment and as shares of time.</summary>
internal sealed class ThrottleReader(GpuDevice device) : IGpuReader
{
    private const string ReasonsCall = "nvmlDeviceGetCurrentClocksEventReasons";

    /// <summary>The same mask under the name that drivers before 535 know.</summary>
    private const string OldReasonsCall = "nvmlDeviceGetCurrentClocksThrottleReasons";
    private const string ViolationCall = "nvmlDeviceGetViolationStatus";
    private const double SecondsPerNanosecond = 1e-9;

    private readonly (ulong Bit, int Metric)[] _reasons =
    [
        (0x1, device.Metric("hw.gpu.throttle.idle")),
        (0x2, device.Metric("hw.gpu.throttle.application_clocks")),
        (0x4, device.Metric("hw.gpu.throttle.power_cap")),
        (0x8, device.Metric("hw.gpu.throttle.hardware")),
        (0x10, device.Metric("hw.gpu.throttle.sync_boost")),
        (0x20, device.Metric("hw.gpu.throttle.thermal_software")),
        (0x40, device.Metric("hw.gpu.throttle.thermal_hardware")),
        (0x80, device.Metric("hw.gpu.throttle.power_brake")),
        (0x100, device.Metric("hw.gpu.throttle.display_clock")),
    ];

    private readonly (uint Policy, string Call, int Metric)[] _violations =
    [
        (0, $"{ViolationCall}(0)", device.Metric("hw.gpu.violation.power")),
        (1, $"{ViolationCall}(1)", device.Metric("hw.gpu.violation.thermal")),
        (2, $"{ViolationCall}(2)", device.Metric("hw.gpu.violation.sync_boost")),
        (3, $"{ViolationCall}(3)", device.Metric("hw.gpu.violation.board_limit")),
        (4, $"{ViolationCall}(4)", device.Metric("hw.gpu.violation.low_utilization")),
        (5, $"{ViolationCall}(5)", device.Metric("hw.gpu.violation.reliability")),
    ];

    public void Read(GpuDevice device, CollectionContext context)
    {
        var mask = 0UL;
        if (TryRead(device, ReasonsCall, ref mask) || TryRead(device, OldReasonsCall, ref mask))
        {
            foreach (var (bit, metric) in _reasons)
            {
                device.Entity.Set(metric, (mask & bit) != 0 ? 1 : 0);
            }
        }

        foreach (var (policy, call, metric) in _violations)
        {
            var violation = default(NvmlViolation);
            if (device.Wants(call) && device.Succeeded(call, device.Library.Get(ViolationCall, device.Handle, policy, ref violation)))
            {
                device.Set(metric, violation.ViolationNanoseconds, SecondsPerNanosecond);
            }
        }
    }

    private static bool TryRead(GpuDevice device, string call, ref ulong mask) =>
        device.Wants(call) && device.Succeeded(call, device.Library.Get(call, device.Handle, ref mask)) && !DriverSentinel.IsSentinel(mask);
}
