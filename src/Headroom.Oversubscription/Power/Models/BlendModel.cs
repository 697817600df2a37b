using Headroom.Learning.Conformal;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>A fitted blend.</summary>
/// <param name="Members">Fitted learners; null where the weight is 0.</param>
/// <param name="Weights">One per member, summing to 1.</param>
/// <param name="Interval">Half-widths as a share of the predicted power.</param>
public sealed record BlendModel(IReadOnlyList<ITabularModel?> Members, IReadOnlyList<double> Weights, SplitConformal Interval) : ITabularModel
{
    public IReadOnlyList<string> MemberNames { get; init; } = [];

    public double[] Predict(float[][] rows) => Mix([.. Members.Select(member => member?.Predict(rows) ?? new double[rows.Length])], Weights);

    /// <summary>The range that holds the measured power with the calibrated probability, W.</summary>
    public Interval Around(double predicted)
    {
        var around = Interval.Around(predicted, Scale(predicted));
        return new Interval(Math.Max(around.Lower, 0), around.Upper);
    }

    internal static double Scale(double predicted) => Math.Max(predicted, 1);

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
}
