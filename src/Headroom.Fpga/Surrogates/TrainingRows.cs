using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;
using Headroom.Fpga.Rules;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Learning.Splits;

namespace Headroom.Fpga.Surrogates;

/// <summary>A record with everything computed from its design once.</summary>
internal sealed class TrainingRow(SynthesisRecord record, DesignRules rules)
{
    private static readonly BoardCatalogue Boards = new();

    private Champion.Region? region;
    private float[]? features;

    public SynthesisRecord Record => record;

    public DesignRules Rules => rules;

    /// <summary>What the part holds, as the record says or the board catalogue knows.</summary>
    public Capacity? Part { get; } = record.Available ?? Boards.Find(record.Design.Configuration.Part)?.Capacity;

    /// <summary>One number per name in <see cref="DesignFeatures.Names"/>.</summary>
    public float[] Features => features ??= DesignFeatures.Of(rules, Part);

    /// <summary>The region of designs it lies in.</summary>
    public Champion.Region Region => region ??= Champion.Region.Of(this);

    public static TrainingRow Of(SynthesisRecord record) => new(record, DesignRules.Of(record.Design));

    /// <summary>A design nobody has synthesised yet.</summary>
    public static TrainingRow Of(DesignQuestion question) => Of(new SynthesisRecord
    {
        Id = question.Network.Name,
        Source = "",
        SplitGroup = "",
        Subset = "",
        Design = new Design(question.Network, question.Configuration),
        Available = question.Part,
    });

    /// <summary>What the rules alone say about a target; null for LUT and FF, which no rule gives.</summary>
    public double? Rule(Target target) => RuleOf(Rules, target);

    public static double? RuleOf(DesignRules rules, Target target) => target switch
    {
        Target.Dsp => rules.Dsp,
        Target.Bram => rules.BlockRam18,
        Target.Cycles => rules.LatencyCycles,
        Target.Ii => rules.InitiationInterval,
        _ => null,
    };

    /// <summary>
    /// ln(1 + count) the learnt part starts from: the rule, or for LUT and FF, which no rule gives, what their logic grows with: all weights of
    /// an unrolled product; of a folded one its inputs and outputs (LUT) or its multipliers and outputs (FF).
    /// </summary>
    public double Base(Target target) => LogCount.To(Rule(target) ?? Rules.Layers.Sum(layer => layer.Products.Sum(product =>
        layer.Strategy == HlsStrategy.Latency || product.ReuseFactor == 1 ? product.Product.Weights
        : target == Target.Lut ? product.Product.Inputs + product.Product.Outputs
        : product.Multipliers + product.Product.Outputs)));
}

/// <summary>Folds that keep an architecture on one side.</summary>
internal static class Folds
{
    public const int Count = 8;

    /// <summary>The fold of every row.</summary>
    public static int[] Of(IReadOnlyList<string> groups, int seed)
    {
        var foldOf = new int[groups.Count];
        var folds = Math.Min(Count, groups.Distinct().Count());
        if (folds < 2)
        {
            // A single architecture cannot be split: every row is its own fold.
            return [.. Enumerable.Range(0, groups.Count)];
        }

        foreach (var (split, fold) in GroupSplits.Folds(groups, folds, seed).Select((split, fold) => (split, fold)))
        {
            foreach (var row in split.Test)
            {
                foldOf[row] = fold;
            }
        }

        return foldOf;
    }
}
