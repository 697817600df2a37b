using Headroom.Interference.Champion;
using Headroom.Interference.GpuPairs;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;

namespace Headroom.Interference.Tests.Serving;

public sealed class GpuPairPredictorTests(GpuPairPredictorTests.Pairs pairs) : IClassFixture<GpuPairPredictorTests.Pairs>
{
    private static readonly IReadOnlyDictionary<string, double?> Nothing = new Dictionary<string, double?>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_light_jobs_share_and_two_heavy_ones_are_kept_apart()
    {
        await using var lane = new InferenceLane(InterferencePredictor.Load(pairs.Path));
        var predictor = new GpuPairPredictor(lane);

        var light = await predictor.AskAsync(Job(10), Job(15), Nothing, Cancellation);
        var heavy = await predictor.AskAsync(Job(95), Job(90), Nothing, Cancellation);

        Assert.Equal(GpuPairVerdict.Share, light.Verdict(0.7));
        Assert.Equal(GpuPairVerdict.KeepApart, heavy.Verdict(0.9));
        Assert.True(heavy.Together < light.Together);
        Assert.InRange(heavy.First.Value, heavy.First.Lower, heavy.First.Upper);
    }

    [Theory]
    [InlineData("util", "first.util: expected solo_gpu_util [%]")]
    [InlineData(null, "first: expected solo_gpu_util [%]")]
    public async Task What_is_unknown_or_missing_is_named(string? metric, string said)
    {
        await using var lane = new InferenceLane(InterferencePredictor.Load(pairs.Path));
        var first = metric is null ? Nothing : new Dictionary<string, double?> { [metric] = 10 };

        Assert.Contains(said, (await Assert.ThrowsAsync<ArgumentException>(() => new GpuPairPredictor(lane).AskAsync(first, Job(5), Nothing, Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_live_workloads_is_no_model_of_pairs()
    {
        await using var lane = new InferenceLane(ShippedModel.Load());

        Assert.Contains("headroom train gpu-pairs", Assert.Throws<InvalidDataException>(() => new GpuPairPredictor(lane)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, double?> Job(double use) => new() { ["solo_gpu_util"] = use, ["solo_gmem_mib"] = 100 * use };

    /// <summary>A model of made-up pairs: what two jobs use beyond the whole GPU, both lose.</summary>
    public sealed class Pairs : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("pairs").FullName;

        public Pairs()
        {
            Path = System.IO.Path.Combine(_folder, "gpu-pairs.model");
            var schema = new FeatureSchema([.. Metrics(FeatureBlock.Target), .. Metrics(FeatureBlock.Neighbours)], []);
            float[] uses = [5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 95];
            var set = new RunSet("made up", TargetDefinition.Performance, schema,
            [
                .. uses.SelectMany(own => uses.Select(other => new InterferenceRun
                {
                    Id = $"{own} {other}", Application = $"{own}", Composition = $"{Math.Min(own, other)}+{Math.Max(own, other)}",
                    Frames = [[own, 100 * own, other, 100 * other]], Context = [], Label = Math.Min(1, 100 / (own + other)),
                })),
            ]);
            ChampionFile.Save(Path, new ChampionModel(Novelty.Composition).Fit(set, 1, CancellationToken.None), set, 1, DateTimeOffset.UnixEpoch, new Dictionary<string, double>());
        }

        public string Path { get; }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static Feature[] Metrics(FeatureBlock block) => [new(block, "solo_gpu_util", "%", Resource.Gpu), new(block, "solo_gmem_mib", "MiB", Resource.Memory)];
    }
}
