using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates;

/// <summary>A way to learn the six numbers from designs that were synthesised.</summary>
public interface IDesignModel
{
    /// <summary>Name in tables and on the command line.</summary>
    string Name { get; }

    IFittedDesignModel Fit(IReadOnlyList<SynthesisRecord> train, int seed, CancellationToken cancellationToken);
}

/// <summary>What a design model learnt.</summary>
public interface IFittedDesignModel
{
    /// <summary>One estimate per record's design; the labels of the records are not read. Null for a target the model has never seen.</summary>
    Estimate?[] Predict(IReadOnlyList<SynthesisRecord> designs, Target target);
}

/// <summary>How the training of a network went.</summary>
/// <param name="Parameters">Numbers it learnt.</param>
/// <param name="Epochs">Epochs it was trained.</param>
/// <param name="BestEpoch">The epoch whose state was kept, by the loss on held-out training architectures.</param>
public sealed record NetworkTraining(long Parameters, int Epochs, int BestEpoch);

/// <summary>A fitted model that is a network.</summary>
public interface IFittedNetwork
{
    NetworkTraining Training { get; }
}

/// <summary>A predicted number; the interval is null for models that give none.</summary>
/// <param name="IsRule">The number is a rule's, nothing learnt was added.</param>
public readonly record struct Estimate(double Value, double? Lower = null, double? Upper = null, bool IsRule = false);

/// <summary>Counts are learnt as ln(1 + count).</summary>
internal static class LogCount
{
    public static double To(double count) => Math.Log(1 + Math.Max(0, count));

    /// <summary>Back to a count, never negative, kept below anything a part could hold; whole where the target counts things.</summary>
    public static double From(double logarithm, Target target)
    {
        var count = Plain(logarithm);
        return target.IsWhole() ? Math.Round(count) : count;
    }

    /// <summary>Back to a count without rounding.</summary>
    public static double Plain(double logarithm) => Math.Max(0, Math.Exp(Math.Min(logarithm, 40)) - 1);
}
