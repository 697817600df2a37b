using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// Puts the pieces of a design together. Resources add up, the largest II counts. Cycles add up, corrected by what the rule of the whole says
/// beyond the rules of the pieces; streamed convolutions work side by side, so the slowest one counts. The ends of the intervals go the same way, as if
/// all pieces erred alike.
/// </summary>
internal static class PartSum
{
    public static Estimate Of(Target target, TrainingRow design, IReadOnlyList<TrainingRow> rows, IReadOnlyList<Estimate> parts) => parts.Count == 1 ? parts[0] : target switch
    {
        Target.Ii => Join(parts, values => values.Max()),
        Target.Cycles when IsStreamedConvolution(design) => Join(parts, values => Streamed(rows, values)),
        Target.Cycles => Join(parts, values => Math.Max(0, values.Sum() + design.Rules.LatencyCycles - rows.Sum(row => row.Rules.LatencyCycles))),
        _ => Join(parts, values => values.Sum()),
    };

    private static Estimate Join(IReadOnlyList<Estimate> parts, Func<double[], double> join) => new(
        join([.. parts.Select(part => part.Value)]), join([.. parts.Select(part => part.Lower ?? part.Value)]), join([.. parts.Select(part => part.Upper ?? part.Value)]),
        parts.All(part => part.IsRule));

    private static double Streamed(IReadOnlyList<TrainingRow> rows, double[] values)
    {
        double slowest = 0, others = 0;
        for (var part = 0; part < values.Length; part++)
        {
            if (IsStreamedConvolution(rows[part]))
            {
                slowest = Math.Max(slowest, values[part]);
            }
            else
            {
                others += values[part];
            }
        }

        return slowest + others;
    }

    private static bool IsStreamedConvolution(TrainingRow row) => row.Record.Design is { Configuration.IoType: IoType.Stream, Network.HasConvolution: true };
}
