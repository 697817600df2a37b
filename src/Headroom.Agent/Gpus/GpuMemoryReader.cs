using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>Memory of the GPU and the window through which others reach it.</summary>
internal sealed class GpuMemoryReader(GpuDevice device) : IGpuReader
{
    private const string MemoryCall = "nvmlDeviceGetMemoryInfo_v2";
    private const string WindowCall = "nvmlDeviceGetBAR1MemoryInfo";

    private readonly int _limit = device.Metric("hw.gpu.memory.limit");
    private readonly int _usage = device.Metric("hw.gpu.memory.usage");
    private readonly int _free = device.Metric("hw.gpu.memory.free");
    private readonly int _reserved = device.Metric("hw.gpu.memory.reserved");
    private readonly int _utilization = device.Metric("hw.gpu.memory.utilization");
    private readonly int _windowLimit = device.Metric("hw.gpu.memory.bar1.limit");
    private readonly int _windowUsage = device.Metric("hw.gpu.memory.bar1.usage");

    public void Read(GpuDevice device, CollectionContext context)
    {
        var memory = NvmlMemory.Empty;
        if (device.Wants(MemoryCall) && device.Succeeded(MemoryCall, device.Library.Get(MemoryCall, device.Handle, ref memory)))
        {
            device.Set(_limit, memory.Total, 1);
            device.Set(_usage, memory.Used, 1);
            device.Set(_free, memory.Free, 1);
            device.Set(_reserved, memory.Reserved, 1);
            device.Entity.Set(_utilization, memory.Total == 0 ? double.NaN : memory.Used / (double)memory.Total);
        }

        var window = default(NvmlWindow);
        if (device.Wants(WindowCall) && device.Succeeded(WindowCall, device.Library.Get(WindowCall, device.Handle, ref window)))
        {
            device.Set(_windowLimit, window.Total, 1);
            device.Set(_windowUsage, window.Used, 1);
        }
    }
}
