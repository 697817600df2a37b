using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Finds the shares of the members by their out-of-fold SMAPE, on a grid of tenths.</summary>
internal static class StackSearch
{
    private const int Steps = 10;

    public static (double[] Shares, bool Gated) Run(Target target, double[] truth, double[] rule, double[]? process, double[] trees, double[]? gate)
    {
        var best = (Shares: new double[] { 0, 0, 1 }, Gated: false, Error: double.PositiveInfinity);
        foreach (var gated in gate is null ? new[] { false } : [false, true])
        {
            for (var processTenths = 0; processTenths <= (process is null ? 0 : Steps); processTenths++)
            {
                for (var treesTenths = 0; treesTenths <= Steps - processTenths; treesTenths++)
                {
                    var (a, b) = (processTenths / (double)Steps, treesTenths / (double)Steps);

                    // Where no rule speaks, a share left over would pull towards one count.
                    if (target is Target.Lut or Target.Ff && processTenths + treesTenths < Steps)
                    {
                        continue;
                    }

                    var error = Smape(truth, truth.Select((_, index) => TargetModel.Gated(rule[index] + (a * (process?[index] ?? 0)) + (b * trees[index]), gated ? gate![index] : null, target)));

                    // The simpler mixture wins unless the other is better by more than a hair.
                    if (error < best.Error * 0.999)
                    {
                        best = ([a, b, 1 - a - b], gated, error);
                    }
                }
            }
        }

        return (best.Shares, best.Gated);
    }

    /// <summary>SMAPE in percent, with no constant in the denominator; a zero predicted as zero is no error.</summary>
    public static double Smape(IReadOnlyList<double> truth, IEnumerable<double> predicted)
    {
        double sum = 0;
        foreach (var (value, index) in predicted.Select((value, index) => (value, index)))
        {
            var size = Math.Abs(truth[index]) + Math.Abs(value);
            sum += size == 0 ? 0 : 200 * Math.Abs(truth[index] - value) / size;
        }

        return sum / truth.Count;
    }
}
