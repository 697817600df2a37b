using System.Runtime.InteropServices;
using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>
/// The GPU performance monitor (GPM, Hopper and later): what the multiprocessors and pipes really did between two ticks. Each
/// tick takes a sample; metrics are worked out by the library from it and the previous one.
/// </summary>
internal sealed class PerformanceMonitorReader : IGpuReader
{
    private const string SupportCall = "nvmlGpmQueryDeviceSupport";
    private const string AllocateCall = "nvmlGpmSampleAlloc";
    private const string SampleCall = "nvmlGpmSampleGet";
    private const string MetricsCall = "nvmlGpmMetricsGet";
    private const int HeaderBytes = 24;
    private const double PerPercent = 1e-2;
    private const double BytesPerMebibyte = 1 << 20;

    private readonly (uint Id, string Name, int Metric, double Scale)[] _metrics;
    private readonly byte[] _request;
    private nint _previous;
    private nint _current;
    private bool _hasPrevious;

    public PerformanceMonitorReader(GpuDevice device)
    {
        _metrics =
        [
            (1, "GRAPHICS_UTIL", device.Metric("hw.gpu.engine.active"), PerPercent),
            (2, "SM_UTIL", device.Metric("hw.gpu.sm.active"), PerPercent),
            (3, "SM_OCCUPANCY", device.Metric("hw.gpu.sm.occupancy"), PerPercent),
            (4, "INTEGER_UTIL", device.Metric("hw.gpu.pipe.integer"), PerPercent),
            (5, "ANY_TENSOR_UTIL", device.Metric("hw.gpu.pipe.tensor"), PerPercent),
            (6, "DFMA_TENSOR_UTIL", device.Metric("hw.gpu.pipe.tensor.double"), PerPercent),
            (7, "HMMA_TENSOR_UTIL", device.Metric("hw.gpu.pipe.tensor.half"), PerPercent),
            (9, "IMMA_TENSOR_UTIL", device.Metric("hw.gpu.pipe.tensor.integer"), PerPercent),
            (10, "DRAM_BW_UTIL", device.Metric("hw.gpu.memory.bandwidth.utilization"), PerPercent),
            (11, "FP64_UTIL", device.Metric("hw.gpu.pipe.fp64"), PerPercent),
            (12, "FP32_UTIL", device.Metric("hw.gpu.pipe.fp32"), PerPercent),
            (13, "FP16_UTIL", device.Metric("hw.gpu.pipe.fp16"), PerPercent),
            (20, "PCIE_TX_PER_SEC", device.Metric("hw.gpu.io.pcie.transmit"), BytesPerMebibyte),
            (21, "PCIE_RX_PER_SEC", device.Metric("hw.gpu.io.pcie.receive"), BytesPerMebibyte),
            (60, "NVLINK_TOTAL_RX_PER_SEC", device.Metric("hw.gpu.io.nvlink.receive"), BytesPerMebibyte),
            (61, "NVLINK_TOTAL_TX_PER_SEC", device.Metric("hw.gpu.io.nvlink.transmit"), BytesPerMebibyte),
        ];
        _request = new byte[HeaderBytes + (_metrics.Length * Marshal.SizeOf<NvmlGpmMetric>())];
    }

    public void Read(GpuDevice device, CollectionContext context)
    {
        if (!TryPrepare(device))
        {
            return;
        }

        (_previous, _current) = (_current, _previous);
        if (!device.Wants(SampleCall) || !device.Succeeded(SampleCall, device.Library.Call(SampleCall, device.Handle, _current)))
        {
            _hasPrevious = false;
            return;
        }

        if (_hasPrevious)
        {
            ReadMetrics(device);
        }

        _hasPrevious = true;
    }

    private bool TryPrepare(GpuDevice device)
    {
        if (_current != 0)
        {
            return true;
        }

        var support = new NvmlGpmSupport { Version = 1 };
        if (!device.Wants(SupportCall) || !device.Succeeded(SupportCall, device.Library.Get(SupportCall, device.Handle, ref support)))
        {
            return false;
        }

        return device.Succeeded(SupportCall, support.IsSupported == 0 ? NvmlReturn.NotSupported : NvmlReturn.Success)
            && device.Succeeded(AllocateCall, device.Library.GetHandle(AllocateCall, out _previous))
            && device.Succeeded(AllocateCall, device.Library.GetHandle(AllocateCall, out _current));
    }

    private void ReadMetrics(GpuDevice device)
    {
        // nvmlGpmMetricsGet_t: version, count, two samples, then the metrics.
        var header = MemoryMarshal.Cast<byte, uint>(_request.AsSpan(0, 8));
        (header[0], header[1]) = (1, (uint)_metrics.Length);
        var samples = MemoryMarshal.Cast<byte, nint>(_request.AsSpan(8, 16));
        (samples[0], samples[1]) = (_previous, _current);
        var rows = MemoryMarshal.Cast<byte, NvmlGpmMetric>(_request.AsSpan(HeaderBytes));
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new NvmlGpmMetric { Metric = _metrics[i].Id };
        }

        if (!device.Wants(MetricsCall) || !device.Succeeded(MetricsCall, device.Library.Call(MetricsCall, _request)))
        {
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            if (device.Succeeded(_metrics[i].Name, (NvmlReturn)rows[i].Result) && rows[i].Value >= 0 && !DriverSentinel.IsSentinel(rows[i].Value))
            {
                device.Entity.Set(_metrics[i].Metric, rows[i].Value * _metrics[i].Scale);
            }
        }
    }
}
