using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Learning.Splits;

namespace Headroom.Interference.Evaluation;

/// <summary>Runs to fit on and runs to score.</summary>
/// <param name="Train">Labelled runs.</param>
/// <param name="Test">Labelled runs; none of their groups trains.</param>
/// <param name="LeftOut">Training runs dropped because their group is scored.</param>
public sealed record EvaluationSplit(RunSet Train, RunSet Test, int LeftOut)
{
    /// <summary>The same runs as live frames show them; null where they have no metrics of the catalogue.</summary>
    public EvaluationSplit? Live() =>
        LiveFeatures.Find(Train) is { } live && LiveFeatures.As(Test, live.Schema) is { } scored ? this with { Train = live, Test = scored } : null;
}

/// <summary>Draws the splits of an evaluation.</summary>
public static class EvaluationData
{
    private const double RandomShare = 0.2;
    private const double CompositionShare = 0.2;

    /// <summary>4 of 11 applications, as in the paper.</summary>
    private const double ApplicationShare = 4 / 11.0;

    /// <summary>
    /// One folder. By composition, the source's own mark decides where there is one (train fits, anything else is scored) and repeats differ in their seed only;
    /// otherwise every repeat draws its groups anew.
    /// </summary>
    public static EvaluationSplit Split(RunSet data, Protocol protocol, int seed)
    {
        data = data.Labelled();
        if (protocol == Protocol.Composition && data.Runs.Any(run => run.Split == "train") && data.Runs.Any(run => run.Split is not (null or "train")))
        {
            return new EvaluationSplit(
                data.With(data.Runs.Where(run => run.Split == "train")), data.With(data.Runs.Where(run => run.Split != "train")), 0);
        }

        if (protocol == Protocol.Random)
        {
            return Take(data, RandomSplit.HoldOut(data.Runs.Count, RandomShare, seed));
        }

        var group = protocol.Group();
        var candidates = data.Runs.Where(run => protocol == Protocol.Application || !run.IsSolo).Select(group).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (candidates.Length < 2)
        {
            throw new InvalidDataException($"{data.Name}: expected at least two {protocol.ToString().ToLowerInvariant()}s to leave one out, found {(candidates.Length == 0 ? "none" : candidates[0])}.");
        }

        new Random(seed).Shuffle(candidates);
        var share = protocol == Protocol.Application ? ApplicationShare : CompositionShare;
        var held = candidates.Take(Math.Clamp((int)Math.Round(candidates.Length * share), 1, candidates.Length - 1)).ToHashSet();
        return Take(data, GroupSplits.Of("held out", [.. data.Runs.Select(group)], held.Contains));
    }

    /// <summary>
    /// Two folders: every labelled run of the second is scored, whatever its mark; from the first, runs that share a group with a scored one
    /// or are one of them do not train.
    /// </summary>
    /// <exception cref="InvalidDataException">The folders have different features, or nothing is left to train on.</exception>
    public static EvaluationSplit Split(RunSet train, RunSet test, Protocol protocol)
    {
        if (train.Schema.Difference(test.Schema) is { Count: > 0 } difference)
        {
            throw new InvalidDataException($"{test.Name}: expected the features of the training folder, got others:\n{string.Join('\n', difference)}");
        }

        (train, test) = (train.Labelled(), test.Labelled());
        if (test.Runs.Count == 0)
        {
            throw new InvalidDataException($"{test.Name}: expected labelled runs to score, got none.");
        }

        var group = protocol.Group();
        var scored = test.Runs.Where(run => protocol != Protocol.Random && !(protocol == Protocol.Composition && run.IsSolo)).Select(group).ToHashSet();
        var same = test.Runs.Select(Fingerprint).ToHashSet();
        var kept = train.Runs.Where(run => !(scored.Contains(group(run)) && !(protocol == Protocol.Composition && run.IsSolo)) && !same.Contains(Fingerprint(run))).ToArray();
        return kept.Length < 2
            ? throw new InvalidDataException($"{train.Name}: expected training runs of other {protocol.ToString().ToLowerInvariant()}s than the scored ones, {kept.Length} are left.")
            : new EvaluationSplit(train.With(kept), test, train.Runs.Count - kept.Length);
    }

    private static EvaluationSplit Take(RunSet data, Split split) =>
        new(data.With(split.Train.Select(row => data.Runs[row])), data.With(split.Test.Select(row => data.Runs[row])), 0);

    private static (double?, int) Fingerprint(InterferenceRun run)
    {
        var hash = new HashCode();
        foreach (var value in run.Frames[0].Concat(run.Frames[^1]).Concat(run.Context))
        {
            hash.Add(value);
        }

        return (run.Label, hash.ToHashCode());
    }
}
