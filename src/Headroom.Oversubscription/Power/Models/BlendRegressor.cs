using Headroom.Learning.Conformal;
using Headroom.Learning.Splits;
using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>
/// A weighted mean of several learners (stacking, Wolpert 1992). The weights minimise the error on group folds inside the training rows; the same
/// out-of-fold predictions calibrate the interval, so neither has seen the row it is judged on.
/// </summary>
/// <param name="name">Name in tables.</param>
/// <param name="members">What is blended.</param>
/// <param name="rowLoss">Loss of one row from truth and prediction, both in watts.</param>
/// <param name="folds">Folds by group.</param>
public sealed class BlendRegressor(string name, IReadOnlyList<ITabularRegressor> members, Func<double, double, double> rowLoss, int folds = 5) : ITabularRegressor
{
    private const double Step = 0.05;

    public string Name => name;

    /// <summary>Absolute error, W.</summary>
    public static double Absolute(double truth, double predicted) => Math.Abs(truth - predicted);

    /// <summary>Symmetric relative error, 0 to 2.</summary>
    public static double Symmetric(double truth, double predicted) => 2 * Math.Abs(truth - predicted) / (Math.Abs(truth) + Math.Abs(predicted) + 1);

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) => FitBlend(train, seed, 0.9, cancellationToken);

    /// <summary>Fits members, weights and interval.</summary>
    /// <param name="train">Training rows with their groups.</param>
    /// <param name="seed">Seed of folds and members.</param>
    /// <param name="level">Wanted coverage of the interval, 0 to 1.</param>
    /// <param name="cancellationToken">Stops between members.</param>
    public BlendModel FitBlend(TabularSet train, int seed, double level, CancellationToken cancellationToken)
    {
        var unseen = OutOfFold(train, seed, cancellationToken);
        var weights = Weigh(unseen, train.Targets);
        var blended = BlendModel.Mix(unseen, weights);
        var errors = blended.Zip(train.Targets, (predicted, truth) => Math.Abs(truth - predicted) / Math.Max(predicted, 1)).Order().ToArray();
        var floor = Math.Max(errors[errors.Length / 2], 1e-6);
        var interval = SplitConformal.FitByGroup(train.Targets, blended, train.Groups, level, BlendModel.Scales(unseen, weights, blended, floor));
        return new BlendModel([.. members.Select((member, index) => weights[index] > 0 ? member.Fit(train, seed, cancellationToken) : null)], weights, interval, floor)
        {
            MemberNames = [.. members.Select(member => member.Name)],
        };
    }

    /// <summary>Predictions of every member for every training row, by models that did not see the row's group.</summary>
    public double[][] OutOfFold(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        var unseen = members.Select(_ => new double[train.Count]).ToArray();
        var splits = GroupSplits.Folds(train.Groups, Math.Min(folds, train.Groups.Distinct().Count()), seed);
        foreach (var split in splits)
        {
            var (inside, outside) = (train.Take(split.Train), train.Take(split.Test));
            for (var member = 0; member < members.Count; member++)
            {
                var predicted = members[member].Fit(inside, seed, cancellationToken).Predict(outside.Features);
                for (var row = 0; row < predicted.Length; row++)
                {
                    unseen[member][split.Test[row]] = predicted[row];
                }
            }
        }

        return unseen;
    }

    // Coordinate search on the simplex: move a step of weight from one member to another while that helps.
    private double[] Weigh(double[][] unseen, double[] truth)
    {
        var weights = new double[members.Count];
        Array.Fill(weights, 1.0 / members.Count);
        var best = Loss(unseen, weights, truth);
        for (var improved = true; improved;)
        {
            improved = false;
            for (var from = 0; from < weights.Length; from++)
            {
                for (var to = 0; to < weights.Length; to++)
                {
                    var moved = Math.Min(Step, weights[from]);
                    if (from == to || moved == 0)
                    {
                        continue;
                    }

                    var tried = (double[])weights.Clone();
                    tried[from] -= moved;
                    tried[to] += moved;
                    var loss = Loss(unseen, tried, truth);
                    if (loss < best * (1 - 1e-9))
                    {
                        (weights, best, improved) = (tried, loss, true);
                    }
                }
            }
        }

        return weights;
    }

    private double Loss(double[][] unseen, double[] weights, double[] truth) =>
        BlendModel.Mix(unseen, weights).Zip(truth, (predicted, value) => rowLoss(value, predicted)).Average();
}
