using Headroom.Cli.Reporting;

namespace Headroom.Cli.Tests;

public sealed class ReportTests
{
    [Fact]
    public void A_figure_beside_its_rival_carries_the_ratio()
    {
        var figure = Figure.Versus("ingest.native", 3, "1/s", "copy", 4);
        Assert.Equal(0.75, figure.Ratio);
        Assert.Equal("copy", figure.Against);
    }

    [Fact]
    public void A_rival_of_zero_gives_no_ratio()
    {
        Assert.Null(Figure.Versus("x", 3, "1", "nothing", 0).Ratio);
    }

    [Fact]
    public void The_machine_says_what_it_is()
    {
        var machine = Machine.Read();
        Assert.NotEmpty(machine.Cpu);
        Assert.Equal(Environment.ProcessorCount, machine.Cores);
        Assert.True(machine.MemoryGibibytes > 0);
    }
}
