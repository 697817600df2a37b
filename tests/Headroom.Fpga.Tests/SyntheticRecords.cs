using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Tests;

/// <summary>Made-up syntheses whose counts follow a simple law, so that models can be tried in a moment.</summary>
internal static class SyntheticRecords
{
    /// <summary>8-h-16 networks at reuse 8: from 8 bits multipliers are DSP blocks, LUT grows with width and bits, a few percent of noise.</summary>
    public static IReadOnlyList<SynthesisRecord> Networks()
    {
        var random = new Random(1);
        return
        [
            .. from hidden in Enumerable.Range(1, 16).Select(step => step * 8)
               from bits in new[] { 4, 6, 8, 16 }
               let noise = 1 + (0.02 * (random.NextDouble() - 0.5))
               select new SynthesisRecord
               {
                   Id = FormattableString.Invariant($"8-{hidden}-16_{bits}b"),
                   Source = "made up",
                   SplitGroup = FormattableString.Invariant($"8-{hidden}-16"),
                   Subset = "2layer",
                   Split = hidden % 40 == 0 ? "val" : "train",
                   Design = new Design(
                       DenseNetworks.Chain(FormattableString.Invariant($"8-{hidden}-16"), [8, hidden, 16]),
                       new HlsConfiguration { WeightPrecision = new FixedPoint(bits, 1), ReuseFactor = 8, Strategy = HlsStrategy.Resource, Stage = ReportStage.LogicSynthesis }),
                   Succeeded = true,
                   BlockRam18 = 2,
                   Dsp = bits >= 8 ? hidden + (hidden * 2) : 0,
                   FlipFlop = Math.Round(((hidden * 20) + 100) * noise),
                   Lut = Math.Round(((hidden * (30 + bits)) + 500) * noise),
                   Cycles = 19,
                   InitiationInterval = 8,
               },
        ];
    }
}
