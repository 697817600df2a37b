using Headroom.Fpga.Boards;
using Headroom.Fpga.Records;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Fpga;

/// <summary>How verdicts and targets read on screen.</summary>
internal static class FpgaVerdict
{
    public static Meaning MeaningOf(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Fits => Meaning.Good,
        FitVerdict.Uncertain => Meaning.Warn,
        _ => Meaning.Bad,
    };

    public static string WordOf(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Fits => "fits",
        FitVerdict.Uncertain => "may fit",
        _ => "does not fit",
    };

    public static string Title(Target target) => target switch
    {
        Target.Bram => "BRAM, 18 Kb blocks",
        Target.Dsp => "DSP blocks",
        Target.Ff => "Flip-flops",
        Target.Lut => "LUTs",
        Target.Cycles => "Latency",
        _ => "Initiation interval",
    };
}
