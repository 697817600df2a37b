using System.Globalization;
using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>Which processes are on a GPU, what memory they have taken and what share of its engines' time they had.</summary>
internal sealed class GpuProcessReader(GpuDevice device, CollectorServices services) : IGpuReader
{
    private const string ComputeCall = "nvmlDeviceGetComputeRunningProcesses_v3";
    private const string GraphicsCall = "nvmlDeviceGetGraphicsRunningProcesses_v3";
    private const string UtilizationCall = "nvmlDeviceGetProcessUtilization";
    private const double PerPercent = 1e-2;
    private const uint MostRows = 1 << 16;

    private readonly NvmlProcessUtilization[] _samples = new NvmlProcessUtilization[4096];
    private readonly Dictionary<uint, GpuProcess> _processes = [];
    private readonly int _count = device.Metric("hw.gpu.processes");
    private readonly int _limit = device.Metric("hw.gpu.memory.limit");
    private readonly int _memory = services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.memory.usage");
    private readonly int _memoryShare = services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.memory.share");
    private readonly int[] _shares =
    [
        services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.utilization.sm"),
        services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.utilization.memory"),
        services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.utilization.encoder"),
        services.Entities.Metric(EntityKind.GpuProcess, "hw.gpu.process.utilization.decoder"),
    ];

    private NvmlProcess[] _rows = new NvmlProcess[64];
    private ulong _since;

    public void Read(GpuDevice device, CollectionContext context)
    {
        // Both lists are asked even when the first fails: a process may be in either, or in both with the same memory.
        var compute = ReadList(device, context, ComputeCall);
        var graphics = ReadList(device, context, GraphicsCall);
        if (!compute && !graphics)
        {
            return;
        }

        ForgetEnded(context.Tick);
        device.Entity.Set(_count, _processes.Count);
        ReadShares(device, context.Tick);
        foreach (var process in _processes.Values)
        {
            SetMemory(device, process);
        }
    }

    private bool ReadList(GpuDevice device, CollectionContext context, string call)
    {
        if (!device.Wants(call))
        {
            return false;
        }

        var count = (uint)_rows.Length;
        var result = device.Library.List<NvmlProcess>(call, device.Handle, ref count, _rows);
        if (result == NvmlReturn.InsufficientSize)
        {
            _rows = new NvmlProcess[Math.Min(count, MostRows) * 2];
            count = (uint)_rows.Length;
            result = device.Library.List<NvmlProcess>(call, device.Handle, ref count, _rows);
        }

        if (!device.Succeeded(call, result))
        {
            return false;
        }

        foreach (var row in _rows.AsSpan(0, (int)Math.Min(count, (uint)_rows.Length)))
        {
            var process = Find(device, row.Pid);
            if (process is null)
            {
                continue;
            }

            // One process may have several rows: one per MIG instance.
            process.MemoryBytes = process.LastTick == context.Tick && call == process.LastCall
                ? process.MemoryBytes + Bytes(row)
                : Bytes(row);
            (process.LastTick, process.LastCall) = (context.Tick, call);
        }

        return true;
    }

    private static double Bytes(NvmlProcess row) => DriverSentinel.IsSentinel(row.UsedMemory) ? double.NaN : row.UsedMemory;

    private void SetMemory(GpuDevice device, GpuProcess process)
    {
        process.Entity.Set(_memory, process.MemoryBytes);
        process.Entity.Set(_memoryShare, process.MemoryBytes / device.Entity.Sample.Values[_limit] ?? double.NaN);
    }

    private void ReadShares(GpuDevice device, long tick)
    {
        var count = (uint)_samples.Length;
        if (!device.Wants(UtilizationCall))
        {
            return;
        }

        var result = device.Library.List<NvmlProcessUtilization>(UtilizationCall, device.Handle, _samples, ref count, _since);

        // "Not found" means that no process had any time since the last call: their shares are 0.
        if (result == NvmlReturn.NotFound)
        {
            (result, count) = (NvmlReturn.Success, 0);
        }

        if (!device.Succeeded(UtilizationCall, result))
        {
            return;
        }

        foreach (var sample in _samples.AsSpan(0, (int)Math.Min(count, (uint)_samples.Length)))
        {
            // The library leaves rows of other times in place; those are older than what was asked for.
            if (sample.TimestampMicroseconds > _since && _processes.TryGetValue(sample.Pid, out var process))
            {
                process.Add(sample);
            }
        }

        foreach (var sample in _samples.AsSpan(0, (int)Math.Min(count, (uint)_samples.Length)))
        {
            _since = Math.Max(_since, sample.TimestampMicroseconds);
        }

        foreach (var process in _processes.Values)
        {
            process.TakeShares(_shares, PerPercent, isFirst: process.FirstTick == tick);
        }
    }

    private GpuProcess? Find(GpuDevice device, uint pid)
    {
        if (_processes.TryGetValue(pid, out var known) || _processes.Count >= services.Options.Host.MaxGpuProcesses)
        {
            return known;
        }

        var text = pid.ToString(CultureInfo.InvariantCulture);
        var command = services.Files.ReadText($"/proc/{text}/comm") ?? text;
        var attributes = new Dictionary<string, string> { ["process.pid"] = text, ["process.executable.name"] = command };
        if (Cgroup(text) is { } cgroup)
        {
            attributes["process.linux.cgroup"] = cgroup;
        }

        var gpu = device.Entity.Descriptor.Key;
        var entity = services.Entities.GetOrAdd(EntityKind.GpuProcess, $"{gpu}/{text}", command, gpu, attributes);
        return _processes[pid] = new GpuProcess(entity);
    }

    /// <summary>Path of the process's control group, by which it belongs to a workload.</summary>
    private string? Cgroup(string pid)
    {
        var line = services.Files.ReadText($"/proc/{pid}/cgroup")?.Split('\n').FirstOrDefault(text => text.StartsWith("0::", StringComparison.Ordinal));
        return line?[3..];
    }

    private void ForgetEnded(long tick)
    {
        foreach (var (pid, process) in _processes)
        {
            if (process.LastTick != tick)
            {
                _processes.Remove(pid);
                services.Entities.Remove(process.Entity);
            }
        }
    }
}
