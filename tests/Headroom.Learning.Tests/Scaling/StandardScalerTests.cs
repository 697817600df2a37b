using Headroom.Learning.Scaling;

namespace Headroom.Learning.Tests.Scaling;

public sealed class StandardScalerTests
{
    [Fact]
    public void Columns_get_mean_0_and_deviation_1_and_constant_ones_become_0()
    {
        float[][] rows = [[1, 5, 100], [2, 5, 200], [3, 5, 300]];

        var scaled = StandardScaler.Fit(rows).Transform(rows);

        Assert.Equal(0, scaled.Average(row => row[0]), 5);
        Assert.Equal(1, scaled.Average(row => row[2] * row[2]), 5);
        Assert.All(scaled, row => Assert.Equal(0, row[1]));
    }

    [Fact]
    public void A_missing_value_is_left_out_of_the_fit_and_becomes_the_mean()
    {
        var scaler = StandardScaler.Fit([[1], [float.NaN], [3]]);

        Assert.Equal(2, scaler.Means[0], 6);
        Assert.Equal([0f], scaler.Transform([float.NaN]));
    }

    [Fact]
    public void A_row_of_another_width_is_refused() =>
        Assert.Contains("Expected a row of 2 columns, got 1", Assert.Throws<ArgumentException>(() => StandardScaler.Fit([[1, 2]]).Transform([1])).Message, StringComparison.Ordinal);
}
