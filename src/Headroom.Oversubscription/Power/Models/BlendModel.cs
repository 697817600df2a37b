using Headroom.Learning.Conformal;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>A fitted blend.</summary>
/// <param name="Members">Fitted learners; null where the weight is 0.</param>
/// <param name="Weights">One per member, summing to 1.</param>
/// <param name="Interval">Half-widths in units of each row's expected error.</param>
/// <param name="Floor">Expected error, as a share of the predicted power, where the members agree.</param>
public sealed record BlendModel(IReadOnlyList<ITabularModel?> Members, IReadOnlyList<double> Weights, SplitConformal Interval, double Floor) : ITabularModel
{
    public IReadOnlyList<string> MemberNames { get; init; } = [];

    public double[] Predict(float[][] rows) => Mix(OfMembers(rows), Weights);

    /// <summary>Predictions, W, each with the range that holds the measured power with the calibrated probability: wider where the members disagree.</summary>
    public (double[] Predicted, Interval[] Intervals) PredictWithin(float[][] rows)
    {
        var members = OfMembers(rows);
        var predicted = Mix(members, Weights);
        var scales = Scales(members, Weights, predicted, Floor);
        return (predicted, [.. predicted.Zip(scales, (watts, scale) => Interval.Around(watts, scale)).Select(around => new Interval(Math.Max(around.Lower, 0), around.Upper))]);
    }

    internal static double[] Mix(IReadOnlyList<double[]> predictions, IReadOnlyList<double> weights)
    {
        var mixed = new double[predictions[0].Length];
        for (var member = 0; member < predictions.Count; member++)
        {
            for (var row = 0; row < mixed.Length; row++)
            {
                mixed[row] += weights[member] * predictions[member][row];
            }
        }

        return mixed;
    }

    /// <summary>Expected error of each row, W: the members' weighted spread around the blend above a floor, both in proportion to the prediction (locally weighted conformal, Lei et al. 2018).</summary>
    internal static double[] Scales(IReadOnlyList<double[]> predictions, IReadOnlyList<double> weights, double[] mixed, double floor) =>
        [.. mixed.Select((blended, row) =>
        {
            var size = Math.Max(blended, 1);
            var spread = Enumerable.Range(0, predictions.Count).Sum(member => weights[member] * Math.Pow((predictions[member][row] - blended) / size, 2));
            return size * (floor + Math.Sqrt(spread));
        })];

    private double[][] OfMembers(float[][] rows) => [.. Members.Select(member => member?.Predict(rows) ?? new double[rows.Length])];
}
