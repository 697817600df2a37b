using Headroom.Interference.Trust;
using Headroom.Storage.Interference;

namespace Headroom.Web.Features.Trust;

/// <summary>How the predictions did beside late labels.</summary>
/// <param name="Level">Nominal level of the intervals.</param>
/// <param name="Report">Coverage, error and width; null while no label has a prediction.</param>
/// <param name="Labels">The newest labels with what was predicted, the newest first.</param>
/// <param name="Unmatched">Labels for whose time there is no prediction.</param>
/// <param name="OutsideLabels">Labels whose windows all lay outside the training range.</param>
/// <param name="Models">How every model did beside all labels that were verified, those of forgotten predictions too.</param>
/// <param name="Since">How far back labels count.</param>
/// <param name="ReadAt">When this was read.</param>
internal sealed record TrustView(
    double Level, TrustReport? Report, IReadOnlyList<JudgedLabel> Labels, int Unmatched, int OutsideLabels, IReadOnlyList<VerifiedModel> Models, DateTimeOffset Since, DateTimeOffset ReadAt);

/// <summary>Holds predictions against late labels.</summary>
internal sealed class TrustReader(InterferenceLabels labels, VerifiedPredictions verified, TimeProvider clock)
{
    private const int MostLabels = 1_000;
    private const double DefaultLevel = 0.9;
    private static readonly TimeSpan Past = TimeSpan.FromDays(30);

    public async Task<TrustView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var judged = await labels.JudgedAsync(now - Past, MostLabels, cancellationToken);
        var all = await labels.CountAsync(now - Past, cancellationToken);
        return new TrustView(
            judged.Count == 0 ? DefaultLevel : judged[^1].Level,
            TrustReport.Of([.. judged.Select(label => new LateLabel(label.EndedAt, label.Truth, label.Value, label.Lower, label.Upper))]),
            [.. judged.Reverse()],
            Math.Max(0, all - judged.Count),
            judged.Count(label => label.OutsideWindows == label.Windows),
            await verified.ModelsAsync(cancellationToken),
            now - Past,
            now);
    }
}
