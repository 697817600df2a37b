using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Fpga.Boards;

/// <summary>Whether something fits, given that its size is an interval.</summary>
public enum FitVerdict
{
    /// <summary>Even the upper end fits.</summary>
    Fits,

    /// <summary>The capacity lies inside the interval.</summary>
    Uncertain,

    /// <summary>Even the lower end is too large.</summary>
    DoesNotFit,
}

/// <summary>One resource of a design beside what the board holds. Shares are of the capacity; 1 fills it.</summary>
public sealed record ResourceFit(TargetPrediction Prediction, double Capacity)
{
    public double Share => Of(Prediction.Value);

    public double LowerShare => Of(Prediction.Lower);

    public double UpperShare => Of(Prediction.Upper);

    public FitVerdict Verdict => Prediction.Upper <= Capacity ? FitVerdict.Fits : Prediction.Lower > Capacity ? FitVerdict.DoesNotFit : FitVerdict.Uncertain;

    private double Of(double amount) => Capacity > 0 ? amount / Capacity : amount > 0 ? double.PositiveInfinity : 0;
}

/// <summary>A design beside a board: the resource with the worst verdict decides.</summary>
public sealed record BoardFit(Board Board, IReadOnlyList<ResourceFit> Resources)
{
    public FitVerdict Verdict => Resources.Count == 0 ? FitVerdict.Uncertain : Resources.Max(resource => resource.Verdict);

    /// <summary>The resource that is used up first; null when the model knows none.</summary>
    public ResourceFit? Tightest => Resources.MaxBy(resource => resource.Share);

    public static BoardFit Of(DesignPrediction prediction, Board board) => new(board,
        [.. prediction.Targets.Where(entry => CapacityOf(board.Capacity, entry.Target) is not null).Select(entry => new ResourceFit(entry, CapacityOf(board.Capacity, entry.Target)!.Value))]);

    private static double? CapacityOf(Capacity capacity, Target target) => target switch
    {
        Target.Lut => capacity.Lut,
        Target.Ff => capacity.FlipFlop,
        Target.Dsp => capacity.Dsp,
        Target.Bram => capacity.BlockRam18,
        _ => null,
    };
}
