namespace Headroom.Fpga.Boards;

/// <summary>The boards known by name; a user's own boards are added on top.</summary>
public sealed class BoardCatalogue(IEnumerable<Board>? own = null)
{
    private const string Rule4ml = "rule4ml supported_boards.json at ccfe3b6 (IMPETUS-UdeS/rule4ml)";
    private const string Overview = "AMD DS891, Zynq UltraScale+ MPSoC overview, device table";
    private const string Harvest = "available resources as Vivado/Vitis HLS prints them in the synthesis report of this part";

    private static readonly Board[] Known =
    [
        new("pynq-z2", "xc7z020clg400-1", new Capacity(53_200, 106_400, 220, 280, 0), Rule4ml),
        new("zcu102", "xczu9eg-ffvb1156-2-e", new Capacity(274_080, 548_160, 2_520, 1_824, 0), Rule4ml),
        new("alveo-u200", "xcu200-fsgd2104-2-e", new Capacity(1_182_240, 2_364_480, 6_840, 4_320, 960), Rule4ml),
        new("alveo-u250", "xcu250-figd2104-2L-e", new Capacity(1_728_000, 3_456_000, 12_288, 5_376, 1_280), Rule4ml),
        new("minized", "xc7z007sclg225-1", new Capacity(14_400, 28_800, 66, 100, 0), Harvest),
        new("kcu115", "xcku115-flvb2104-2-i", new Capacity(663_360, 1_326_720, 5_520, 4_320, 0), Harvest),
        new("alveo-u55c", "xcu55c-fsvh2892-2L-e", new Capacity(1_303_680, 2_607_360, 9_024, 4_032, 960), Harvest),
        new("alveo-u50", "xcu50-fsvh2104-2-e", new Capacity(871_680, 1_743_360, 5_952, 2_688, 640), "AMD DS965, Alveo U50 data sheet, resource table; 1,344 blocks of 36 Kb count twice"),
        new("alveo-u280", "xcu280-fsvh2892-2L-e", new Capacity(1_303_680, 2_607_360, 9_024, 4_032, 960), "AMD DS963, Alveo U280 data sheet, resource table; 2,016 blocks of 36 Kb count twice"),
        new("zcu104", "xczu7ev-ffvc1156-2-e", new Capacity(230_400, 460_800, 1_728, 624, 96), Overview),
        new("ultra96-v2", "xczu3eg-sbva484-1-e", new Capacity(70_560, 141_120, 360, 432, 0), Overview),
        new("kv260", "xck26-sfvc784-2LV-c", new Capacity(117_120, 234_240, 1_248, 288, 64), "AMD DS987, Kria K26 data sheet, programmable logic table; 144 blocks of 36 Kb count twice"),
        new("arty-a7-100t", "xc7a100tcsg324-1", new Capacity(63_400, 126_800, 240, 270, 0), "AMD DS180, 7 series overview, Artix-7 device table; 135 blocks of 36 Kb count twice"),
    ];

    private readonly Board[] boards = [.. own ?? [], .. Known];

    /// <summary>Every board, the user's own first.</summary>
    public IReadOnlyList<Board> Boards => boards;

    /// <summary>The board of this name or part; a speed grade or package written differently still finds the device. Null when unknown.</summary>
    public Board? Find(string nameOrPart)
    {
        var wanted = Plain(nameOrPart);
        return boards.FirstOrDefault(board => Plain(board.Name) == wanted || Plain(board.Part) == wanted)
            ?? boards.FirstOrDefault(board => Device(board.Part) == Device(nameOrPart));
    }

    private static string Plain(string text) => text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The device in a part name: xc7z020clg400-1 and xc7z020-clg400-1 are both xc7z020.</summary>
    private static string Device(string part)
    {
        var lower = part.ToLowerInvariant();
        var end = lower.StartsWith("xc", StringComparison.Ordinal) ? 2 : 0;
        var digits = false;
        for (; end < lower.Length; end++)
        {
            if (char.IsDigit(lower[end]))
            {
                digits = true;
            }
            else if (!char.IsLetter(lower[end]) || (digits && IsPackage(lower, end)))
            {
                break;
            }
        }

        return lower[..end];
    }

    private static bool IsPackage(string part, int start) =>
        Packages.Any(package => string.CompareOrdinal(part, start, package, 0, package.Length) == 0);

    private static readonly string[] Packages = ["clg", "ffv", "fsg", "fig", "ffg", "flg", "sbg", "sbv", "csg", "fbg", "fgg", "ftg", "cpg", "sfv", "fsv", "flv", "fhg", "ubva"];
}
