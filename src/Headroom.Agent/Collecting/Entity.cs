using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Collecting;

/// <summary>Something the agent measures, with its values of the running tick.</summary>
internal sealed class Entity
{
    private readonly EntityRegistry _registry;
    private readonly Counter[] _counters;
    private long _setAtTick = -1;

    internal Entity(EntityRegistry registry, EntityDescriptor descriptor, int metricCount)
    {
        _registry = registry;
        _counters = new Counter[metricCount];
        Descriptor = descriptor;
        Sample = new EntitySample(descriptor.LocalId, new MetricVector(metricCount));
    }

    /// <summary>Who it is; replaced by <see cref="EntityRegistry.Describe"/>.</summary>
    public EntityDescriptor Descriptor { get; internal set; }

    /// <summary>Its values of this tick; the same object is filled anew at every tick.</summary>
    public EntitySample Sample { get; }

    /// <summary>All entities, this one among them.</summary>
    internal EntityRegistry Registry => _registry;

    /// <summary>Whether anything was set in this tick.</summary>
    public bool HasValues => _setAtTick == _registry.Tick;

    /// <summary>Whether that metric was set in this tick.</summary>
    public bool Has(int metric) => HasValues && Sample.Values.IsPresent(metric);

    /// <summary>Sets a gauge or a state by the metric's ordinal; what is not finite stays missing.</summary>
    public void Set(int metric, double value)
    {
        if (_setAtTick != _registry.Tick)
        {
            Sample.Values.Clear();
            _setAtTick = _registry.Tick;
        }

        Sample.Values[metric] = (float)value;
    }

    /// <summary>
    /// Sets a rate: the increase of a counter per second, times <paramref name="scale"/> (for example 1e-9 for nanoseconds
    /// into a ratio). Missing at the first reading and after a reset.
    /// </summary>
    public void SetRate(int metric, ulong counter, double scale = 1)
    {
        if (_counters[metric].TryAdvance(counter, _registry.MonotonicNanoseconds, out var increase, out var seconds))
        {
            Set(metric, increase * scale / seconds);
        }
    }
}
