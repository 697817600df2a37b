using Headroom.Storage.Reading;

namespace Headroom.Web.Features.Fleet;

/// <summary>One line of the fleet.</summary>
/// <param name="LastFrameAt">Time of its newest frame; null before the first.</param>
/// <param name="Spark">CPU utilization (ratio) over the last fifteen minutes, oldest first; null where nothing was measured.</param>
/// <param name="Gaps">Frames dropped in that time, with the reason.</param>
public sealed record FleetLine(
    int HostId, string Name, DateTimeOffset? LastFrameAt, HostState State, float? CpuRatio, float? MemoryRatio, float? LoadTasks,
    float? CpuPressureRatio, float? MemoryPressureRatio, float? IoPressureRatio, int Workloads, int Gpus, IReadOnlyList<float?> Spark, IReadOnlyList<Gap> Gaps);

/// <summary>Whether a host's agent is heard.</summary>
public enum HostState
{
    /// <summary>Frames arrive.</summary>
    Live,

    /// <summary>The newest frame is older than ten seconds.</summary>
    Late,

    /// <summary>The newest frame is older than a minute.</summary>
    Silent,

    /// <summary>It never sent a frame.</summary>
    Waiting,
}

/// <summary>The fleet as it is now, read at most once a second however many people look.</summary>
internal sealed class FleetSnapshot(FleetReader reader, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(1);
    private static readonly string[] Wanted =
    [
        "system.cpu.utilization", "system.memory.utilization", "system.linux.load.1m",
        "system.pressure.cpu.some", "system.pressure.memory.some", "system.pressure.io.some",
    ];

    private readonly FleetRequest _request = new(Wanted, Wanted[0], TimeSpan.FromMinutes(15), 60);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private (DateTimeOffset At, IReadOnlyList<FleetLine> Lines)? _last;

    /// <summary>Every host by name.</summary>
    public async Task<IReadOnlyList<FleetLine>> ReadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var now = clock.GetUtcNow();
            if (_last is not { } last || now - last.At > Fresh)
            {
                var hosts = await reader.ReadAsync(_request, cancellationToken);
                _last = last = (now, [.. hosts.Select(host => Line(host, now))]);
            }

            return last.Lines;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whether a host is heard, from the age of its newest frame.</summary>
    public static HostState StateOf(DateTimeOffset? lastFrameAt, DateTimeOffset now) => (now - lastFrameAt) switch
    {
        null => HostState.Waiting,
        { } age when age > SilentAfter => HostState.Silent,
        { } age when age > LateAfter => HostState.Late,
        _ => HostState.Live,
    };

    public void Dispose() => _gate.Dispose();

    private static FleetLine Line(FleetHost host, DateTimeOffset now) => new(
        host.HostId, host.Name, host.LastFrameAt, StateOf(host.LastFrameAt, now),
        host.Latest[0], host.Latest[1], host.Latest[2], host.Latest[3], host.Latest[4], host.Latest[5],
        host.WorkloadCount, host.GpuCount, host.Sparkline, host.Gaps);
}
