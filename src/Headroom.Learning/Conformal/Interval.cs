namespace Headroom.Learning.Conformal;

/// <summary>A range meant to hold the truth, both ends included.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    public double Width => Upper - Lower;

    public bool Contains(double value) => value >= Lower && value <= Upper;

    /// <summary>The part inside the target's own range.</summary>
    public Interval ClampTo(double lowest, double highest) => new(Math.Clamp(Lower, lowest, highest), Math.Clamp(Upper, lowest, highest));

    /// <summary>Share of true values inside their intervals.</summary>
    public static double Coverage(IEnumerable<Interval> intervals, IEnumerable<double> truth) =>
        intervals.Zip(truth, (interval, value) => interval.Contains(value) ? 1.0 : 0.0).Average();
}
