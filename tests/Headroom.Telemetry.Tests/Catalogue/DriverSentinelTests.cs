using Headroom.Telemetry.Catalogue;

namespace Headroom.Telemetry.Tests.Catalogue;

public sealed class DriverSentinelTests
{
    [Theory]
    [InlineData(9223372036854775792)]
    [InlineData(9223372036854775794)]
    [InlineData(ulong.MaxValue)]
    public void Blank_64_bit_numbers_are_no_values(ulong value)
    {
        Assert.True(DriverSentinel.IsSentinel(value));
        Assert.True(DriverSentinel.IsSentinel((double)value));
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(2147483632u)]
    [InlineData(2147483634u)]
    public void Blank_32_bit_numbers_are_no_values(uint value) => Assert.True(DriverSentinel.IsSentinel(value));

    [Theory]
    [InlineData(140737488355328.0)]
    [InlineData(140737488355330.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Blank_floating_point_numbers_are_no_values(double value) => Assert.True(DriverSentinel.IsSentinel(value));

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(150_754_820_096)]
    public void Real_numbers_are_values(ulong value)
    {
        Assert.False(DriverSentinel.IsSentinel(value));
        Assert.False(DriverSentinel.IsSentinel((double)value));
    }
}
