using Headroom.Fpga.Surrogates;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Tests.Surrogates.Champion;

public sealed class SpreadModelTests
{
    private const int GroupSize = 5;

    [Theory]
    [InlineData(40)]
    [InlineData(400)]
    public void Nine_of_ten_new_errors_lie_inside_with_few_rows_and_with_many(int count)
    {
        var shares = Enumerable.Range(1, 12).Select(seed =>
        {
            var (inputs, errors) = Rows(count, seed);
            var spread = Fit(inputs, errors, [.. Enumerable.Repeat("one", count)], seed);
            var (fresh, freshErrors) = Rows(500, seed + 1000);
            return spread.HalfWidths(fresh, [.. Enumerable.Repeat("one", 500)]).Zip(freshErrors, (width, error) => error <= width ? 1.0 : 0.0).Average();
        }).ToArray();
        Assert.InRange(shares.Average(), 0.87, 0.93);
    }

    [Fact]
    public void A_region_met_exactly_has_intervals_of_one_point_beside_one_that_is_not()
    {
        var (inputs, errors) = Rows(200, 3);
        var regions = Enumerable.Range(0, 200).Select(row => row < 100 ? "exact" : "rough").ToArray();
        for (var row = 0; row < 100; row++)
        {
            errors[row] = row % 20 == 0 ? errors[row] : 0;
        }

        var widths = Fit(inputs, errors, regions, 1).HalfWidths(inputs, regions);
        Assert.All(widths[..100], width => Assert.Equal(0, width));
        Assert.All(widths[100..], width => Assert.True(width > 0));
    }

    [Fact]
    public void Architectures_that_err_together_are_covered_in_nine_of_ten_rows_by_intervals_not_half_as_wide_again_as_one_size_for_all()
    {
        const int architectures = 45, rowsEach = 15;
        var (shares, widths) = (new List<double>(), new List<double>());
        for (var seed = 1; seed <= 8; seed++)
        {
            var (inputs, errors) = Architectures(architectures, rowsEach, seed);
            var spread = Fit(inputs, errors, [.. Enumerable.Repeat("one", errors.Length)], seed, rowsEach);
            var (fresh, freshErrors) = Architectures(200, rowsEach, seed + 1000);
            var half = spread.HalfWidths(fresh, [.. Enumerable.Repeat("one", freshErrors.Length)]);
            shares.Add(half.Zip(freshErrors, (width, error) => error <= width ? 1.0 : 0.0).Average());
            widths.Add(half.Average() / freshErrors.Order().ElementAt(freshErrors.Length * 9 / 10));
        }

        Assert.InRange(shares.Average(), 0.87, 0.93);
        Assert.InRange(widths.Average(), 0.8, 1.5);
    }

    [Fact]
    public void Intervals_are_wide_where_errors_are_large_and_narrow_where_they_are_small()
    {
        var (inputs, errors) = Rows(400, 5);
        var widths = Fit(inputs, errors, [.. Enumerable.Repeat("one", 400)], 5).HalfWidths(inputs, [.. Enumerable.Repeat("one", 400)]);
        var order = Enumerable.Range(0, 400).OrderBy(row => inputs[row][0]).ToArray();
        Assert.True(order[300..].Average(row => widths[row]) > 1.5 * order[..100].Average(row => widths[row]));
    }

    private static SpreadModel Fit(float[][] inputs, double[] errors, string[] regions, int seed, int groupSize = GroupSize)
    {
        string[] groups = [.. Enumerable.Range(0, errors.Length).Select(row => FormattableString.Invariant($"g{row / groupSize}"))];
        return SpreadModel.Fit(inputs, errors, regions, groups, Folds.Of(groups, seed), TestContext.Current.CancellationToken);
    }

    /// <summary>Errors whose size follows the first column.</summary>
    private static (float[][] Inputs, double[] Errors) Rows(int count, int seed)
    {
        var random = new Random(seed);
        var inputs = new float[count][];
        var errors = new double[count];
        for (var row = 0; row < count; row++)
        {
            inputs[row] = new float[SpreadModel.Columns.Count];
            inputs[row][0] = random.NextSingle();
            errors[row] = Math.Abs(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())) * (0.02 + (0.2 * inputs[row][0]));
        }

        return (inputs, errors);
    }

    /// <summary>Rows of one architecture have its features and a size of error of their own, which no feature tells.</summary>
    private static (float[][] Inputs, double[] Errors) Architectures(int count, int rowsEach, int seed)
    {
        var random = new Random(seed);
        var (inputs, errors) = (new float[count * rowsEach][], new double[count * rowsEach]);
        for (var row = 0; row < inputs.Length; row++)
        {
            var isFirst = row % rowsEach == 0;
            inputs[row] = isFirst ? [.. Enumerable.Range(0, SpreadModel.Columns.Count).Select(_ => random.NextSingle())] : inputs[row - 1];
            errors[row] = isFirst ? Math.Exp(Normal()) : errors[row - 1];
        }

        return (inputs, Array.ConvertAll(errors, size => size * Math.Abs(Normal())));

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
