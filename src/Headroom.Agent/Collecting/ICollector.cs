namespace Headroom.Agent.Collecting;

/// <summary>
/// One source of metrics. It is built once (which must be cheap and must not fail where the source is absent), then called at
/// every tick, always by one thread at a time. What it cannot read it leaves unset; what it throws is caught, counted and logged
/// once per change of state, and never keeps another collector from its turn.
/// </summary>
internal interface ICollector
{
    /// <summary>Name by which it is switched off (<c>disabledCollectors</c>) and shows up in logs.</summary>
    string Name { get; }

    /// <summary>Reads the source and sets what it found on the entities of <see cref="CollectionContext.Entities"/>.</summary>
    void Collect(CollectionContext context);
}
