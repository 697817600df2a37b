using Headroom.Interference.Runs;

namespace Headroom.Interference.Tests;

/// <summary>Runs whose label is known: performance falls with the neighbours' pressure and rises with nothing else.</summary>
internal static class RunFactory
{
    public static readonly FeatureSchema Schema = new(
        [new(FeatureBlock.Target, "cpu", "%", Resource.Cpu), new(FeatureBlock.Neighbours, "cpu", "%", Resource.Cpu), new(FeatureBlock.Host, "llc_misses", "1/s", Resource.Cache)],
        [new(FeatureBlock.Context, "load", "1/s", Resource.Load)]);

    public static RunSet Set(int runs = 120, int steps = 8, int seed = 1)
    {
        var random = new Random(seed);
        return new RunSet("made up", TargetDefinition.Performance, Schema, [.. Enumerable.Range(0, runs).Select(index => Run(index, steps, random))]);
    }

    public static InterferenceRun Run(int index, int steps, Random random)
    {
        var neighbours = index % 6;
        var pressure = neighbours * 15.0;
        return new InterferenceRun
        {
            Id = $"run {index}",
            Application = $"app {index % 4}",
            Composition = $"{neighbours} neighbours",
            IsSolo = neighbours == 0,
            Session = "session",
            Frames = [.. Enumerable.Range(0, steps).Select(_ => new[] { 30f + random.NextSingle(), (float)pressure + random.NextSingle(), (float)(1 + pressure + random.NextSingle()) })],
            Context = [100f * ((index % 3) + 1)],
            Label = 1 - (pressure / 100) + (0.01 * (random.NextDouble() - 0.5)),
        };
    }
}
