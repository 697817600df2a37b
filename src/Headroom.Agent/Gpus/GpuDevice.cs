using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>
/// One GPU of the running tick, as the readers see it: where values are set, and which calls it does not answer. A call that is
/// not supported is tried again only now and then.
/// </summary>
internal sealed class GpuDevice(NvmlLibrary library, nint handle, uint index, Entity entity, EntityRegistry entities)
{
    private const long TicksBetweenTries = 300;

    private readonly Dictionary<string, (NvmlReturn Result, long Tick)> _refused = [];
    private long _tick;

    public NvmlLibrary Library => library;

    public nint Handle => handle;

    public uint Index => index;

    public Entity Entity => entity;

    public EntityRegistry Entities => entities;

    /// <summary>Calls that had no value, and what they answered; for people.</summary>
    public IEnumerable<(string Call, NvmlReturn Result)> Refused => _refused.Select(entry => (entry.Key, entry.Value.Result));

    public void BeginTick(long tick) => _tick = tick;

    /// <summary>Whether a call should be made at this tick.</summary>
    public bool Wants(string call) => !_refused.TryGetValue(call, out var refusal) || _tick - refusal.Tick >= TicksBetweenTries;

    /// <summary>Takes note of how a call went.</summary>
    /// <returns>Whether it succeeded, so that its value counts.</returns>
    public bool Succeeded(string call, NvmlReturn result)
    {
        if (result == NvmlReturn.Success)
        {
            _refused.Remove(call);
            return true;
        }

        _refused[call] = (result, _tick);
        return false;
    }

    public int Metric(string name) => entities.Metric(EntityKind.Gpu, name);

    /// <summary>Sets a number that a call gave, unless it stands for "no value"; as a rate when the catalogue says so.</summary>
    public void Set(int metric, ulong value, double scale)
    {
        if (DriverSentinel.IsSentinel(value))
        {
            return;
        }

        if (entities.IsRate(EntityKind.Gpu, metric))
        {
            entity.SetRate(metric, value, scale);
        }
        else
        {
            entity.Set(metric, value * scale);
        }
    }

    /// <inheritdoc cref="Set(int, ulong, double)"/>
    public void Set(int metric, uint value, double scale)
    {
        if (!DriverSentinel.IsSentinel(value))
        {
            Set(metric, (ulong)value, scale);
        }
    }
}
