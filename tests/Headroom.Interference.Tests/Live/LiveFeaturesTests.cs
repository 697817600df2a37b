using Headroom.Interference.Importers;
using Headroom.Interference.Live;
using Headroom.Interference.Runs;

namespace Headroom.Interference.Tests.Live;

public sealed class LiveFeaturesTests
{
    [Fact]
    public void A_served_model_sees_what_moved_and_nothing_that_names_the_workload()
    {
        var random = new Random(1);
        var metrics = OwnRunsImporter.Schema.Metrics;
        var set = new RunSet("campaign", TargetDefinition.Performance, OwnRunsImporter.Schema,
        [
            .. Enumerable.Range(0, 8).Select(index => new InterferenceRun
            {
                Id = $"{index}", Application = $"app {index % 2}", Composition = index == 0 ? "alone" : "mix", IsSolo = index == 0, Context = [2], Label = 0.5,
                Frames = [[.. metrics.Select(metric => Value(metric.Name, random))]],
            }),
        ]);

        var live = LiveFeatures.Of(set);

        Assert.True(LiveFeatures.CanServe(live.Schema));
        Assert.Contains(live.Schema.Metrics, metric => metric is { Block: FeatureBlock.Target, Name: "container.cpu.pressure.some" });
        Assert.Contains(live.Schema.Metrics, metric => metric is { Block: FeatureBlock.Host, Name: "system.cpu.logical.count" });
        Assert.DoesNotContain(live.Schema.Metrics, metric => metric.Name is "container.cpu.throttling.time" or "container.memory.limit" or "system.uptime" or "container.disk.io.read" or "system.pressure.cpu.some.60s");
        Assert.All(live.Runs, run => Assert.True(!run.IsSolo && run.Context.Length == 0 && run.Frames[0].Length == live.Schema.Metrics.Count));
    }

    [Fact]
    public void Runs_of_another_source_cannot_be_served_live() => Assert.Contains(
        "headroom calibrate", Assert.Throws<InvalidDataException>(() => LiveFeatures.Of(RunFactory.Set(4))).Message, StringComparison.Ordinal);

    // One metric never moves, one is never reported.
    private static float Value(string name, Random random) => name switch
    {
        "container.cpu.throttling.time" => 0,
        "container.disk.io.read" => float.NaN,
        "system.cpu.logical.count" => 2,
        _ => random.NextSingle(),
    };
}
