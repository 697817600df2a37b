using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage;
using Headroom.Storage.Capacity;
using Headroom.Storage.Model;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>Advice made from a made-up past of ninety minutes and written into the ledger, as the job does.</summary>
internal static class MadeUpAdvice
{
    private const int WindowSeconds = 60;
    private const int Windows = 90;

    /// <summary>Advice for a host that is enrolled with it.</summary>
    public static async Task AddAsync(PostgresDatabase database, string host, IReadOnlyList<PerformancePromise> promises, CancellationToken cancellationToken) =>
        await AddAsync(database, (await database.AddAgentAsync(host, cancellationToken)).HostId, host, promises, cancellationToken);

    /// <summary>Advice for a host that is there.</summary>
    public static async Task AddAsync(PostgresDatabase database, int hostId, string host, IReadOnlyList<PerformancePromise> promises, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var inputs = new RecommendationInputs(
            hostId, host, now, WindowSeconds, Windows, 0, [Past(Resource.Cpu, 16), Past(Resource.Memory, 64)], promises, RecommendationSettings.Default);
        var recommendation = HostAdvisor.Recommend(inputs, cancellationToken);
        await using var services = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();
        await services.GetRequiredService<CapacityLedger>().AddAsync(
            new CapacityAdviceRow
            {
                AdviceId = Guid.NewGuid(),
                HostId = hostId,
                MadeAt = now,
                ExpiresAt = now + TimeSpan.FromHours(1),
                IsCold = false,
                Risk = recommendation.Risk,
                Recommendation = RecommendationSnapshot.Text(recommendation),
                Snapshot = new RecommendationSnapshot(inputs, recommendation).ToZip(),
            },
            cancellationToken);
    }

    private static ResourcePast Past(Resource resource, double capacity)
    {
        var random = new Random(7);
        var workloads = Enumerable.Range(0, 3).Select(index => new WorkloadUse(
            $"vm/{index}", $"vm-{index}", capacity / 4, 0,
            [.. Enumerable.Range(0, Windows).Select(window => (float)(capacity / 20 * (1 + (0.3 * Math.Sin(window / 9.0)) + (0.2 * random.NextDouble()))))]));
        return new ResourcePast(resource, capacity, [.. workloads, new WorkloadUse("", WorkloadUse.Rest, null, 0, [.. Enumerable.Repeat((float)(capacity / 50), Windows)])], []);
    }
}
