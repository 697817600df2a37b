using System.Text.Json;
using Headroom.Learning.Kernels;
using Headroom.Learning.Kernels.Pairs;
using Headroom.Learning.Metrics;
using Headroom.Learning.ModelFiles;
using Headroom.Learning.Tabular;

namespace Headroom.Learning.Tests.Kernels.Pairs;

public sealed class PairProcessTests
{
    private const int Jobs = 14;

    private static readonly PairProcessRegressor Regressor = new("pairs", new PairProcessOptions { First = [0, 1], Second = [2, 3], LearningRows = 150 });

    [Fact]
    public void Pairings_it_never_saw_follow_from_what_it_knows_of_both_jobs()
    {
        var pairs = AllPairs(seed: 1);
        var isNew = Enumerable.Range(0, pairs.Count).ToLookup(row => row / Jobs % 5 == row % Jobs % 5);
        var test = pairs.Take([.. isNew[true]]);

        var model = Regressor.Fit(pairs.Take([.. isNew[false]]), 1, TestContext.Current.CancellationToken);

        Assert.True(RegressionMetrics.Of(test.Targets, model.Predict(test.Features)).R2 > 0.9);
    }

    [Fact]
    public void A_job_keeps_what_its_columns_do_not_say()
    {
        // Whether a job suffers is a coin that no column shows.
        var random = new Random(5);
        var suffers = Enumerable.Range(0, Jobs).Select(_ => random.Next(2)).ToArray();
        var pairs = AllPairs(seed: 2);
        var coins = new TabularSet(pairs.Columns, pairs.Features, [.. Enumerable.Range(0, pairs.Count).Select(row => (double)suffers[row / Jobs])]);
        int[] even = [.. Enumerable.Range(0, pairs.Count).Where(row => row % Jobs % 2 == 0)];
        var test = coins.Take([.. Enumerable.Range(0, pairs.Count).Except(even)]);

        var model = Regressor.Fit(coins.Take(even), 1, TestContext.Current.CancellationToken);

        Assert.True(RegressionMetrics.Of(test.Targets, model.Predict(test.Features)).R2 > 0.9);
    }

    [Fact]
    public void The_gradient_of_the_likelihood_is_that_of_its_differences()
    {
        var random = new Random(3);
        float[][] Side() => [.. Enumerable.Range(0, 25).Select(_ => new[] { random.Next(4) / 2f, random.Next(4) / 2f })];
        var learning = new PairKernelLearning(Side(), Side(), [.. Enumerable.Range(0, 25).Select(_ => random.NextDouble() - 0.5)], [.. Enumerable.Range(0, 25).Select(row => row < 5 ? 0.3 : 0)]);
        double[] at = [.. Enumerable.Range(0, 4 + PairKernel.PartCount + 1).Select(_ => (0.6 * random.NextDouble()) - 1)];

        var gradient = learning.Loss(at).Gradient;

        for (var index = 0; index < at.Length; index++)
        {
            var (below, above) = ((double[])at.Clone(), (double[])at.Clone());
            below[index] -= 1e-5;
            above[index] += 1e-5;
            Assert.Equal((learning.Loss(above).Loss - learning.Loss(below).Loss) / 2e-5, gradient[index], 4);
        }
    }

    [Fact]
    public void What_is_said_of_a_group_left_out_is_what_a_process_without_it_says()
    {
        var random = new Random(6);
        float[][] Side() => [.. Enumerable.Range(0, 30).Select(_ => new[] { random.NextSingle() })];
        var (first, second, targets) = (Side(), Side(), Enumerable.Range(0, 30).Select(_ => random.NextDouble()).ToArray());
        var kernel = new PairKernel([0.5], [0.8], [0.1, 0.5, 0.5, 0.5, 0, 0, 0, 0], 0.1);
        int[] group = [3, 4, 11, 20];
        int[] others = [.. Enumerable.Range(0, 30).Except(group)];

        var (inverse, weights) = Solved(Enumerable.Range(0, 30).ToArray());
        var errors = GroupDoubt.LeftOut(inverse, weights, group);

        var alone = Solved(others).Weights;
        Assert.All(group.Zip(errors), pair => Assert.Equal(targets[pair.First] - others.Select((other, index) => alone[index] * Similar(pair.First, other)).Sum(), pair.Second, 9));

        double Similar(int one, int other) => kernel.Of(Math.Abs(first[one][0] - first[other][0]) / 0.5, Math.Abs(second[one][0] - second[other][0]) / 0.8);

        (double[][] Inverse, double[] Weights) Solved(int[] rows)
        {
            var factor = new PairDistances([.. rows.Select(row => first[row])], [.. rows.Select(row => second[row])], kernel).Matrix(new double[rows.Length]);
            Cholesky.Factor(factor, CancellationToken.None);
            var whole = Cholesky.Inverse(factor);
            return (whole, [.. whole.Select(line => line.Zip(rows, (share, row) => share * targets[row]).Sum())]);
        }
    }

    [Fact]
    public void One_pairing_that_all_others_contradict_teaches_little_about_new_ones()
    {
        // Job 3 was measured wrongly beside the first five, rightly beside the next four, and is asked about beside the rest.
        var pairs = AllPairs(seed: 7);
        var measured = new TabularSet(
            pairs.Columns,
            pairs.Features,
            [.. pairs.Targets.Select((target, row) => row / Jobs == 3 && row % Jobs < 5 ? target + 3 : target)],
            [.. Enumerable.Range(0, pairs.Count).Select(row => $"{row / Jobs} + {row % Jobs / 5}")]);
        var isNew = Enumerable.Range(0, pairs.Count).ToLookup(row => row / Jobs == 3 && row % Jobs >= 9);
        var asked = pairs.Take([.. isNew[true]]);

        var model = Regressor.Fit(measured.Take([.. isNew[false]]), 1, TestContext.Current.CancellationToken);

        Assert.InRange(RegressionMetrics.Of(asked.Targets, model.Predict(asked.Features)).Mae, 0, 0.2);
    }

    [Fact]
    public void It_answers_the_same_after_it_was_written_and_read()
    {
        var pairs = AllPairs(seed: 4);
        var model = (PairProcessModel)Regressor.Fit(pairs, 1, TestContext.Current.CancellationToken);

        var read = JsonSerializer.Deserialize<PairProcessModel>(JsonSerializer.SerializeToUtf8Bytes(model, ModelFile.Json), ModelFile.Json)!;

        Assert.Equal(model.Predict(pairs.Features), read.Predict(pairs.Features));
    }

    private static TabularSet AllPairs(int seed)
    {
        var random = new Random(seed);
        var jobs = Enumerable.Range(0, Jobs).Select(_ => new[] { random.NextSingle(), MathF.Exp(8 * random.NextSingle()) }).ToArray();
        var pairs = jobs.SelectMany(first => jobs.Select(second => (First: first, Second: second))).ToArray();
        return new TabularSet(
            ["use", "speed", "use beside", "speed beside"],
            [.. pairs.Select(pair => (float[])[.. pair.First, .. pair.Second])],
            [.. pairs.Select(pair => 1 - (0.5 * pair.First[0] * pair.Second[0]) - (0.02 * Math.Log(pair.Second[1])))]);
    }
}
