using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>One resource over a pool of hosts; amounts in cores or GiB.</summary>
/// <param name="Resource">CPU or memory.</param>
/// <param name="Hosts">Hosts in the pool.</param>
/// <param name="ColdHosts">How many of them count as what they promised.</param>
/// <param name="Capacity">What they have together.</param>
/// <param name="Promised">What is promised on them.</param>
/// <param name="Advised">What they need together, host by host: a machine cannot use the room of another.</param>
/// <param name="Reclaimable">What nobody needs.</param>
/// <param name="SafeRatio">How much may be promised over the capacity; a full host counts with what it promises now. Null for an empty pool.</param>
/// <param name="PresentRatio">Promised / capacity; null for an empty pool.</param>
public sealed record PoolAdvice(
    Resource Resource, int Hosts, int ColdHosts, double Capacity, double Promised, double Advised, double Reclaimable, double? SafeRatio, double? PresentRatio)
{
    /// <summary>Adds up the hosts of a pool.</summary>
    public static IReadOnlyList<PoolAdvice> Of(IReadOnlyList<Recommendation> hosts) => [.. Enum.GetValues<Resource>().Select(resource =>
    {
        var advices = hosts.SelectMany(host => host.Resources).Where(advice => advice.Resource == resource).ToArray();
        var (capacity, promised, advised) = (advices.Sum(advice => advice.Capacity), advices.Sum(advice => advice.Promised), advices.Sum(advice => advice.Advised));
        // A full host may promise no more than it does, whatever it needs.
        var spoken = advices.Sum(advice => advice.SafeRatio > 0 ? advice.Promised / advice.SafeRatio : advice.Advised);
        return new PoolAdvice(
            resource,
            advices.Length,
            advices.Count(advice => advice.IsCold),
            capacity,
            promised,
            advised,
            advices.Sum(advice => advice.Reclaimable),
            spoken > 0 ? promised / spoken : null,
            capacity > 0 ? promised / capacity : null);
    })];
}
