using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;
using Headroom.Fpga.Rules;

namespace Headroom.Fpga.Evaluation;

/// <summary>How often a rule gives the very number of the record, inside its domain.</summary>
/// <param name="Domain">Where the rule claims to hold.</param>
/// <param name="Count">Designs inside the domain, or layers where a rule is about layers.</param>
public sealed record RuleHit(string Source, string Rule, string Domain, int Count, int Exact, double HitRatio);

/// <summary>Counts the hits of every rule on real records.</summary>
public static class RuleHits
{
    private sealed record Claim(string Rule, string Domain, Target Target, Func<SynthesisRecord, DesignRules, bool> Holds, Func<DesignRules, double> Value);

    private static readonly Claim[] Claims =
    [
        new("dsp = sum of multipliers from 8-bit weights, else 0", "dense, resource, 16-bit data, reuse > 1",
            Target.Dsp, (record, rules) => IsDenseResource(record) && record.Design.Configuration.Precision.Bits == 16 && rules.Products.All(product => product.ReuseFactor > 1), rules => rules.Dsp),
        new("cycles = sum of reuse + 2 layers - 1", "dense, resource, io parallel, reuse > 1",
            Target.Cycles, (record, rules) => IsDenseResource(record) && record.Design.Configuration.IoType == IoType.Parallel && rules.Products.All(product => product.ReuseFactor > 1), rules => rules.LatencyCycles),
        new("ii = largest reuse", "dense, resource, io parallel, reuse > 1",
            Target.Ii, (record, rules) => IsDenseResource(record) && record.Design.Configuration.IoType == IoType.Parallel && rules.Products.All(product => product.ReuseFactor > 1), rules => rules.InitiationInterval),
        new("bram = weight bits over block shapes", "resource, reuse > 1",
            Target.Bram, (record, rules) => record.Design.Configuration.Strategy == HlsStrategy.Resource && rules.Products.All(product => product.ReuseFactor > 1), rules => rules.BlockRam18),
    ];

    public static IReadOnlyList<RuleHit> Count(IReadOnlyList<SynthesisRecord> records)
    {
        var hits = new List<RuleHit>();
        foreach (var source in records.GroupBy(record => record.Source))
        {
            var rows = source.Select(record => (Record: record, Rules: DesignRules.Of(record.Design))).Where(row => row.Rules.Layers.Count > 0).ToArray();
            hits.AddRange(Reuse(source.Key, rows));
            foreach (var claim in Claims)
            {
                var inside = rows.Where(row => row.Record[claim.Target] is not null && claim.Holds(row.Record, row.Rules)).ToArray();
                if (inside.Length > 0)
                {
                    var exact = inside.Count(row => Math.Abs(row.Record[claim.Target]!.Value - claim.Value(row.Rules)) < 0.5);
                    hits.Add(new RuleHit(source.Key, claim.Rule, claim.Domain, inside.Length, exact, exact / (double)inside.Length));
                }
            }
        }

        return hits;
    }

    /// <summary>The reuse factors that the sources say hls4ml really used, layer by layer.</summary>
    private static IEnumerable<RuleHit> Reuse(string source, IReadOnlyList<(SynthesisRecord Record, DesignRules Rules)> rows)
    {
        var stated = rows.SelectMany(row => row.Rules.Layers.Zip(row.Record.ActualReuseFactors))
            .Where(pair => pair.First.Strategy == HlsStrategy.Resource && pair.First.Products.Count == 1 && pair.Second is not null).ToArray();
        if (stated.Length > 0)
        {
            var exact = stated.Count(pair => pair.First.ReuseFactor == pair.Second);
            yield return new RuleHit(source, "reuse = hls4ml's valid factor nearest to the request, the smaller on a tie", "layers of one product, resource", stated.Length, exact, exact / (double)stated.Length);
        }
    }

    private static bool IsDenseResource(SynthesisRecord record) =>
        record.Design.Configuration.Strategy == HlsStrategy.Resource && record.Design.Network.WeightedLayers.All(layer => layer.Kind == Networks.LayerKind.Dense);
}
