using Headroom.Interference.Runs;

namespace Headroom.Interference.Features;

/// <summary>What one job usually suffers, and what it usually does to others, beside the mean.</summary>
public sealed record PairEffect(double Mean, IReadOnlyDictionary<string, double> Suffers, IReadOnlyDictionary<string, double> Inflicts);

/// <summary>
/// For sets of pairs of known jobs: label = mean + what the target usually suffers + what its neighbour usually inflicts, fitted by backfitting with shrinkage
/// (the additive form of matrix completion). A run's own composition never speaks about itself, in training as little as later.
/// </summary>
/// <param name="All">Fitted on every composition.</param>
/// <param name="Without">Fitted without one composition, by its name.</param>
public sealed record PairEffects(PairEffect All, IReadOnlyDictionary<string, PairEffect> Without)
{
    /// <summary>Columns of a row.</summary>
    public const int Width = 3;

    private const double Shrinkage = 3;
    private const int Iterations = 8;

    /// <summary>Null where runs are no pairs of jobs known by one profile each: series, or blocks that differ.</summary>
    public static PairEffects? Fit(RunSet train, bool series)
    {
        if (series || !IsPair(train.Schema))
        {
            return null;
        }

        var entries = train.Runs.Select(run => new Entry(run.Composition, TargetKey(run), NeighbourKey(run), run.Label!.Value)).ToArray();
        return new PairEffects(
            Fit(entries),
            entries.Select(entry => entry.Composition).Distinct().ToDictionary(
                composition => composition,
                composition => Fit([.. entries.Where(entry => entry.Composition != composition)])));
    }

    /// <summary>What the target suffers, what the neighbour inflicts, and the label they add up to.</summary>
    public float[] Row(InterferenceRun run)
    {
        var effect = Without.GetValueOrDefault(run.Composition) ?? All;
        var (suffers, inflicts) = (effect.Suffers.GetValueOrDefault(TargetKey(run)), effect.Inflicts.GetValueOrDefault(NeighbourKey(run)));
        return [(float)suffers, (float)inflicts, (float)(effect.Mean + suffers + inflicts)];
    }

    private static bool IsPair(FeatureSchema schema)
    {
        var names = schema.Metrics.Where(metric => metric.Block == FeatureBlock.Target).Select(metric => metric.Name).ToArray();
        return names.Length > 1 && names.SequenceEqual(schema.Metrics.Where(metric => metric.Block == FeatureBlock.Neighbours).Select(metric => metric.Name));
    }

    // Target metrics come first, in the order of the neighbour's.
    private static string TargetKey(InterferenceRun run) => Key(run, run.Frames[0].AsSpan(0, run.Frames[0].Length / 2));

    private static string NeighbourKey(InterferenceRun run) => Key(run, run.Frames[0].AsSpan(run.Frames[0].Length / 2));

    private static string Key(InterferenceRun run, ReadOnlySpan<float> profile) =>
        FormattableString.Invariant($"{string.Join('|', profile.ToArray())}/{string.Join('|', run.Context)}");

    private static PairEffect Fit(Entry[] entries)
    {
        var mean = entries.Length == 0 ? 0 : entries.Average(entry => entry.Label);
        Dictionary<string, double> suffers = [];
        Dictionary<string, double> inflicts = [];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            suffers = Shrunk(entry => entry.Target, entry => entry.Label - mean - inflicts.GetValueOrDefault(entry.Neighbour));
            inflicts = Shrunk(entry => entry.Neighbour, entry => entry.Label - mean - suffers.GetValueOrDefault(entry.Target));
        }

        return new PairEffect(mean, suffers, inflicts);

        Dictionary<string, double> Shrunk(Func<Entry, string> key, Func<Entry, double> rest) =>
            entries.GroupBy(key).ToDictionary(group => group.Key, group => group.Sum(rest) / (group.Count() + Shrinkage));
    }

    private sealed record Entry(string Composition, string Target, string Neighbour, double Label);
}
