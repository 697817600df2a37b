using Headroom.MemoryPlacement.Options;

namespace Headroom.MemoryPlacement.Tests.Options;

public sealed class MemoryOptionTests
{
    [Fact]
    public void Every_option_says_what_is_claimed_where_and_that_we_did_not_measure_it() => Assert.All(MemoryOptions.All, option =>
    {
        Assert.InRange(option.Factor, 0.01, 0.99);
        Assert.NotEmpty(option.Claim);
        Assert.NotEmpty(option.Source);
        Assert.False(option.Measured);
    });

    [Fact]
    public void Options_of_different_scopes_combine_and_of_the_same_do_not()
    {
        var both = MemoryOptions.Combined(["Scissorhands", "4-bit weights"]);
        Assert.Equal(0.2, both[OptionScope.KeyValueCache]);
        Assert.Equal(0.28, both[OptionScope.Weights]);
        Assert.Contains("at most one option per scope", Assert.Throws<MemoryInputException>(() => MemoryOptions.Combined(["Scissorhands", "ZipVL"])).Message, StringComparison.Ordinal);
        Assert.Throws<MemoryInputException>(() => MemoryOptions.Combined(["magic"]));
    }
}
