using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Collecting;

/// <summary>
/// Everything the agent measures at the moment. Local ids count up and are never given twice, so that whoever keeps frames may
/// tell entities apart by them.
/// </summary>
internal sealed class EntityRegistry
{
    private readonly MetricCatalogue _catalogue;
    private readonly List<Entity> _entities = [];
    private readonly Dictionary<(EntityKind, string), Entity> _byKey = [];
    private readonly List<EntitySample> _samples = [];
    private IReadOnlyList<EntityDescriptor>? _descriptors;
    private int _nextLocalId;

    public EntityRegistry(MetricCatalogue catalogue, string hostName, IReadOnlyDictionary<string, string> hostAttributes)
    {
        _catalogue = catalogue;
        Host = GetOrAdd(EntityKind.Host, HostKey, hostName, null, hostAttributes);
    }

    /// <summary>Key of the host itself.</summary>
    public const string HostKey = "host";

    /// <summary>The host itself.</summary>
    public Entity Host { get; }

    /// <summary>Number of the running tick.</summary>
    internal long Tick { get; private set; }

    /// <summary>Monotonic time to which rates of the running collector are reckoned.</summary>
    internal long MonotonicNanoseconds { get; set; }

    /// <summary>
    /// Describes all present entities. The same list object is returned until something comes, goes or is described anew, so
    /// that a reader may compare by reference.
    /// </summary>
    public IReadOnlyList<EntityDescriptor> Descriptors => _descriptors ??= _entities.Select(entity => entity.Descriptor).ToArray();

    /// <summary>The entity of that kind and key; added with the given description when it is new.</summary>
    public Entity GetOrAdd(
        EntityKind kind,
        string key,
        string name,
        string? parentKey,
        IReadOnlyDictionary<string, string>? attributes = null)
    {
        if (_byKey.TryGetValue((kind, key), out var known))
        {
            return known;
        }

        var descriptor = new EntityDescriptor(_nextLocalId++, kind, key, name, parentKey, attributes ?? new Dictionary<string, string>());
        var entity = new Entity(this, descriptor, _catalogue.For(kind).Count);
        _entities.Add(entity);
        _byKey.Add((kind, key), entity);
        _descriptors = null;
        return entity;
    }

    /// <summary>Gives an entity another name or other attributes.</summary>
    public void Describe(Entity entity, string name, IReadOnlyDictionary<string, string> attributes)
    {
        entity.Descriptor = entity.Descriptor with { Name = name, Attributes = attributes };
        _descriptors = null;
    }

    /// <summary>Forgets an entity that is gone; nothing set on it afterwards is seen.</summary>
    public void Remove(Entity entity)
    {
        if (_byKey.Remove((entity.Descriptor.Kind, entity.Descriptor.Key)))
        {
            _entities.Remove(entity);
            _descriptors = null;
        }
    }

    /// <summary>The entity of that kind and key, or null when there is none.</summary>
    public Entity? Find(EntityKind kind, string key) => _byKey.GetValueOrDefault((kind, key));

    /// <summary>Whether the catalogue calls a metric a rate, so that its counter has to be handed to <see cref="Entity.SetRate"/>.</summary>
    public bool IsRate(EntityKind kind, int metric) => _catalogue.For(kind)[metric].Kind == MetricKind.Rate;

    /// <summary>The place of a metric in the rows of its kind.</summary>
    /// <exception cref="ArgumentException">The catalogue does not know the name: a mistake in a collector.</exception>
    public int Metric(EntityKind kind, string name) => _catalogue.OrdinalOf(kind, name)
        ?? throw new ArgumentException($"the metric catalogue has no '{name}' for {kind}", nameof(name));

    /// <summary>Starts a tick: values of the previous one no longer count.</summary>
    internal void BeginTick() => Tick++;

    /// <summary>The entities that got values in this tick; the list is reused by the next call.</summary>
    internal IReadOnlyList<EntitySample> Samples()
    {
        _samples.Clear();
        foreach (var entity in _entities)
        {
            if (entity.HasValues)
            {
                _samples.Add(entity.Sample);
            }
        }

        return _samples;
    }
}
