using Headroom.Oversubscription.Packing;
using Headroom.Oversubscription.Recommendations;
using Headroom.Storage.Capacity;

namespace Headroom.Web.Features.Capacity;

/// <summary>Capacity advice as the page and the API show it.</summary>
internal sealed class CapacityReader(CapacityLedger ledger, TimeProvider clock)
{
    private const int LedgerLines = 50;

    private static readonly ExactPacker Packer = new();

    /// <summary>The newest advice of every host.</summary>
    public async Task<IReadOnlyList<CapacityLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return [.. (await ledger.LatestAsync(cancellationToken)).Select(entry => new CapacityLine(entry, RecommendationSnapshot.Parse(entry.Recommendation), now))];
    }

    /// <summary>What was advised on a host lately, and what came of it; the newest first.</summary>
    public async Task<IReadOnlyList<CapacityLine>> LedgerAsync(int hostId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return [.. (await ledger.OfHostAsync(hostId, null, LedgerLines, cancellationToken)).Select(entry => new CapacityLine(entry, RecommendationSnapshot.Parse(entry.Recommendation), now))];
    }

    /// <summary>Answers a what-if question from the inputs of the newest advice of every host.</summary>
    /// <exception cref="ArgumentException">The question makes no sense; the message names the field.</exception>
    public async Task<WhatIfAnswer> AskAsync(WhatIfQuestion question, CancellationToken cancellationToken)
    {
        var hosts = new List<RecommendationSnapshot>();
        foreach (var entry in await ledger.LatestAsync(cancellationToken))
        {
            if (await ledger.SnapshotAsync(entry.AdviceId, cancellationToken) is { } zip)
            {
                using var file = new MemoryStream(zip);
                hosts.Add(RecommendationSnapshot.FromZip(file));
            }
        }

        if (hosts.Count == 0)
        {
            throw new ArgumentException("expected at least one host with capacity advice, there is none yet");
        }

        // The search takes seconds at worst; it must not hold the circuit that asked.
        return await Task.Run(() => WhatIf.Answer(hosts, question, Packer, cancellationToken), cancellationToken);
    }
}

/// <summary>Advice with its place in the ledger.</summary>
/// <param name="Entry">The line of the ledger.</param>
/// <param name="Advice">The recommendation.</param>
/// <param name="ReadAt">When the page read it.</param>
public sealed record CapacityLine(CapacityEntry Entry, Recommendation Advice, DateTimeOffset ReadAt)
{
    public bool IsExpired => Entry.ExpiresAt <= ReadAt;

    public bool IsWithdrawn => Entry.WithdrawnReason is not null;

    public bool MayBeFollowed => !IsExpired && !IsWithdrawn;
}
