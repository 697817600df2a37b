using Headroom.Fpga.Boards;

namespace Headroom.Fpga.Tests.Boards;

public sealed class BoardCatalogueTests
{
    private static readonly BoardCatalogue Catalogue = new();

    [Theory]
    [InlineData("pynq-z2", 53_200, 106_400, 220, 280, 0)]
    [InlineData("zcu102", 274_080, 548_160, 2_520, 1_824, 0)]
    [InlineData("alveo-u200", 1_182_240, 2_364_480, 6_840, 4_320, 960)]
    [InlineData("alveo-u250", 1_728_000, 3_456_000, 12_288, 5_376, 1_280)]
    [InlineData("zcu104", 230_400, 460_800, 1_728, 624, 96)]
    [InlineData("kv260", 117_120, 234_240, 1_248, 288, 64)]
    [InlineData("alveo-u50", 871_680, 1_743_360, 5_952, 2_688, 640)]
    [InlineData("alveo-u280", 1_303_680, 2_607_360, 9_024, 4_032, 960)]
    public void A_board_has_the_capacities_of_its_source(string name, double lut, double flipFlop, double dsp, double blockRam, double ultraRam) =>
        Assert.Equal(new Capacity(lut, flipFlop, dsp, blockRam, ultraRam), Catalogue.Find(name)!.Capacity);

    [Fact]
    public void Every_board_names_the_source_of_its_numbers_and_is_found_by_name_and_part() => Assert.All(Catalogue.Boards, board =>
    {
        Assert.True(board.Source.Length > 20, board.Name);
        Assert.Same(board, Catalogue.Find(board.Name));
        Assert.Same(board, Catalogue.Find(board.Part.ToUpperInvariant()));
    });

    [Fact]
    public void A_speed_grade_written_differently_finds_the_device() => Assert.Equal("kv260", Catalogue.Find("xck26-sfvc784-1-i")?.Name);

    [Fact]
    public void An_own_board_comes_before_the_known_ones()
    {
        var own = new Board("pynq-z2", "mine", new Capacity(1, 2, 3, 4, 5), "measured with a ruler, twice");
        Assert.Same(own, new BoardCatalogue([own]).Find("PYNQ-Z2"));
    }
}
