namespace Headroom.Interference.Trust;

/// <summary>A prediction beside what really happened, known later.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Truth">Measured performance, 1 undisturbed.</param>
/// <param name="Value">Predicted performance.</param>
/// <param name="Lower">Lower end of the interval.</param>
/// <param name="Upper">Upper end of the interval.</param>
public sealed record LateLabel(DateTimeOffset At, double Truth, double Value, double Lower, double Upper)
{
    public bool IsCovered => Truth >= Lower && Truth <= Upper;

    /// <summary>Absolute error, in shares of the performance alone.</summary>
    public double Error => Math.Abs(Truth - Value);

    public double Width => Upper - Lower;
}

/// <summary>How the predictions did over some labels.</summary>
/// <param name="At">Time of the last of them.</param>
/// <param name="Labels">How many there are.</param>
/// <param name="Coverage">Share of them inside their interval.</param>
/// <param name="Mae">Mean absolute error.</param>
/// <param name="Width">Mean width of the intervals.</param>
public sealed record TrustPoint(DateTimeOffset At, int Labels, double Coverage, double Mae, double Width);

/// <summary>Whether the intervals hold and the errors stay small: over all late labels, and rolling.</summary>
/// <param name="Whole">Over all labels.</param>
/// <param name="Rolling">One point per label from the tenth on, over the last ones up to it.</param>
public sealed record TrustReport(TrustPoint Whole, IReadOnlyList<TrustPoint> Rolling)
{
    /// <summary>Labels from which on a rolling share says anything.</summary>
    public const int LeastLabels = 10;

    /// <param name="labels">Oldest first.</param>
    /// <param name="window">Labels that a rolling point looks back over.</param>
    /// <returns>Null without labels.</returns>
    public static TrustReport? Of(IReadOnlyList<LateLabel> labels, int window = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, LeastLabels);
        return labels.Count == 0
            ? null
            : new TrustReport(
                Point(labels),
                [.. Enumerable.Range(LeastLabels, Math.Max(0, labels.Count - LeastLabels + 1)).Select(count => Point([.. labels.Take(count).TakeLast(window)]))]);
    }

    private static TrustPoint Point(IReadOnlyList<LateLabel> labels) => new(
        labels[^1].At, labels.Count, labels.Average(label => label.IsCovered ? 1.0 : 0), labels.Average(label => label.Error), labels.Average(label => label.Width));
}
