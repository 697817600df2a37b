using System.Globalization;
using Headroom.Web.Shared;

namespace Headroom.Web.Tests.Shared;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0.0, "By", "0 B")]
    [InlineData(1536.0, "By", "1.5 KiB")]
    [InlineData(3_758_096_384.0, "By/s", "3.5 GiB/s")]
    [InlineData(0.423, "1", "42.3 %")]
    [InlineData(0.0042, "s", "4.2 ms")]
    [InlineData(7200.0, "s", "2 h")]
    [InlineData(61.4, "Cel", "61.4 °C")]
    [InlineData(1250.0, "W", "1.25 kW")]
    [InlineData(1250.0, "{request}/s", "1.25 k/s")]
    [InlineData(12_345.0, "{thread}", "12.3 k")]
    public void Text_has_the_unit_and_a_fitting_prefix(double value, string unit, string expected) =>
        Assert.Equal(expected, Quantity.Text(value, unit, CultureInfo.InvariantCulture));

    [Fact]
    public void A_missing_value_is_never_shown_as_zero() => Assert.Equal(Quantity.Missing, Quantity.Text(null, "By"));

    [Fact]
    public void A_value_that_is_not_finite_is_missing() => Assert.Equal(Quantity.Missing, Quantity.Text(double.NaN, "W"));

    [Fact]
    public void An_interval_shares_one_prefix_and_names_its_level() =>
        Assert.Equal("7.2 % [4.1, 9.8] at 90 %", Quantity.Interval(0.072, 0.041, 0.098, 0.9, "1", CultureInfo.InvariantCulture));

    [Fact]
    public void The_culture_decides_the_decimal_sign()
    {
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        Assert.Equal("1,5 KiB", Quantity.Text(1536, "By", comma));
    }
}
