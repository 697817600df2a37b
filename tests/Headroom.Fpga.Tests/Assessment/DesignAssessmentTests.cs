using System.Text;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Tests.Assessment;

public sealed class DesignAssessmentTests
{
    [Fact]
    public void Of_two_boards_with_the_same_part_the_one_named_is_held_against()
    {
        var parsed = NetworkFile.Read("net.json", Encoding.UTF8.GetBytes("""{"input": [32], "layers": [{"type": "dense", "units": 32}]}"""));
        Board[] own = [new("first", "xcown", new Capacity(1, 1, 1, 1, 0), "counted"), new("second", "xcown", new Capacity(1e6, 1e6, 1e6, 1e6, 0), "counted")];
        var design = DesignAssessment.Of(ShippedModel.Load(), parsed, null, "second", new BoardCatalogue(own));
        Assert.Equal(("second", FitVerdict.Fits), (design.Fit!.Board.Name, design.Fit.Verdict));
    }
}
