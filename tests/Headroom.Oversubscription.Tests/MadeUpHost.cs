using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Tests;

/// <summary>The past of one host with workloads of a daily rhythm, made from a seed.</summary>
internal static class MadeUpHost
{
    public static RecommendationInputs Make(int windows = 600, int workloads = 4, double capacity = 16, double? limit = 4, int seed = 11, RecommendationSettings? settings = null) => new(
        7,
        "made-up",
        new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero),
        300,
        windows,
        0,
        [Past(Resource.Cpu, windows, workloads, capacity, limit, seed), Past(Resource.Memory, windows, workloads, capacity, limit, seed + 1)],
        [],
        settings ?? RecommendationSettings.Default);

    private static ResourcePast Past(Resource resource, int windows, int workloads, double capacity, double? limit, int seed)
    {
        var random = new Random(seed);
        var uses = Enumerable.Range(0, workloads).Select(index =>
        {
            var (mean, swing) = (0.6 + (0.8 * random.NextDouble()), 0.4 * random.NextDouble());
            var used = Enumerable.Range(0, windows)
                .Select(window => (float)(mean + (swing * Math.Sin(2 * Math.PI * window / 288.0)) + (0.1 * random.NextDouble())))
                .ToArray();
            return new WorkloadUse($"vm/{index}", $"vm-{index}", limit, 0, used);
        });
        return new ResourcePast(resource, capacity, [.. uses, new WorkloadUse("", WorkloadUse.Rest, null, 0, [.. Enumerable.Repeat(0.1f, windows)])], []);
    }
}
