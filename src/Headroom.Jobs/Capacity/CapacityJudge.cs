using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Capacity;

/// <summary>Holds advice whose time is over against what was used.</summary>
public sealed class CapacityJudge(HostUseReader reader, CapacityLedger ledger)
{
    /// <summary>Judges one advice.</summary>
    public async Task JudgeAsync(CapacityEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recommendation = RecommendationSnapshot.Parse(entry.Recommendation);
        var plan = PastPlan.Cut(entry.MadeAt, entry.ExpiresAt, TimeSpan.FromSeconds(recommendation.WindowSeconds));
        var use = plan is null ? null : await reader.ReadHostAsync(entry.HostId, plan, cancellationToken).ConfigureAwait(false);
        var outcomes = recommendation.Resources.Select(advice =>
        {
            var used = (use is null ? [] : advice.Resource == Oversubscription.Traces.Resource.Cpu ? use.Cpu : use.Memory).OfType<float>().ToArray();
            return new CapacityOutcomeRow
            {
                AdviceId = entry.AdviceId,
                Resource = advice.Resource.ToString().ToLowerInvariant(),
                Advised = advice.Advised,
                Peak = used.Length == 0 ? null : used.Max(),
                Windows = used.Length,
                Violations = used.Count(value => value > advice.Advised),
            };
        });
        await ledger.JudgeAsync(entry.AdviceId, [.. outcomes], now, cancellationToken).ConfigureAwait(false);
    }
}
