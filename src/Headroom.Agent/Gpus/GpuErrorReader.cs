using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>Errors of the GPU's memory, what was done about them, and modes that matter for reading the other values.</summary>
internal sealed class GpuErrorReader(GpuDevice device) : IGpuReader
{
    private const string CountCall = "nvmlDeviceGetTotalEccErrors";
    private const string RowsCall = "nvmlDeviceGetRemappedRows";
    private const string EccModeCall = "nvmlDeviceGetEccMode";
    private const string MigModeCall = "nvmlDeviceGetMigMode";
    private const uint Corrected = 0;
    private const uint Uncorrected = 1;
    private const uint SinceDriverLoad = 0;
    private const uint Lifetime = 1;

    private readonly (uint Error, uint Span, string Call, int Metric)[] _counts =
    [
        (Corrected, SinceDriverLoad, $"{CountCall}(corrected, volatile)", device.Metric("hw.gpu.errors.ecc.corrected")),
        (Uncorrected, SinceDriverLoad, $"{CountCall}(uncorrected, volatile)", device.Metric("hw.gpu.errors.ecc.uncorrected")),
        (Corrected, Lifetime, $"{CountCall}(corrected, aggregate)", device.Metric("hw.gpu.errors.ecc.corrected.lifetime")),
        (Uncorrected, Lifetime, $"{CountCall}(uncorrected, aggregate)", device.Metric("hw.gpu.errors.ecc.uncorrected.lifetime")),
    ];

    private readonly int[] _rows =
    [
        device.Metric("hw.gpu.rows.remapped.corrected"),
        device.Metric("hw.gpu.rows.remapped.uncorrected"),
        device.Metric("hw.gpu.rows.remapping_pending"),
        device.Metric("hw.gpu.rows.remapping_failed"),
    ];

    private readonly int _eccEnabled = device.Metric("hw.gpu.ecc.enabled");
    private readonly int _migEnabled = device.Metric("hw.gpu.mig.enabled");

    public void Read(GpuDevice device, CollectionContext context)
    {
        foreach (var (error, span, call, metric) in _counts)
        {
            if (device.Wants(call) && device.Succeeded(call, device.Library.Get(CountCall, device.Handle, error, span, out var count)))
            {
                device.Set(metric, count, 1);
            }
        }

        Span<uint> rows = stackalloc uint[4];
        if (device.Wants(RowsCall) && device.Succeeded(RowsCall, device.Library.GetFour(RowsCall, device.Handle, rows)))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                device.Set(_rows[i], rows[i], 1);
            }
        }

        ReadMode(device, EccModeCall, _eccEnabled);
        ReadMode(device, MigModeCall, _migEnabled);
    }

    private static void ReadMode(GpuDevice device, string call, int metric)
    {
        if (device.Wants(call) && device.Succeeded(call, device.Library.GetPair(call, device.Handle, out var current, out _)))
        {
            device.Set(metric, current, 1);
        }
    }
}
