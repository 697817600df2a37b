using Headroom.Jobs.Interference;
using Headroom.Jobs.Work;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Verification;

/// <summary>Whose predictions to hold against late labels.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record VerifyPredictionsRequest(string Model);

/// <summary>How one version did beside the labels that came since the last time.</summary>
/// <param name="Version">Its number; null when the registry does not know it.</param>
/// <param name="Mae">Mean absolute error, in shares of the performance alone.</param>
/// <param name="Coverage">Share of the truths in their intervals.</param>
public sealed record VerifiedVersion(string ModelId, int? Version, int Labels, double Mae, double Coverage);

/// <summary>What was verified.</summary>
public sealed record VerifyPredictionsAnswer(string Model, int Labels, IReadOnlyList<VerifiedVersion> Versions);

/// <summary>Holds stored predictions against labels that came late, once each, and writes down how every version did.</summary>
internal sealed class VerifyPredictionsWork(VerifiedPredictions verified, ModelReader reader, ModelRegistry registry, IOptions<InterferenceOptions> options, TimeProvider clock) : IWorkKind
{
    public string Name => Schedules.Verification;

    /// <summary>Labels of time that ended before this have all their predictions.</summary>
    public static DateTimeOffset Settled(InterferenceOptions options, DateTimeOffset now) => now - (2 * TimeSpan.FromSeconds(options.WindowSeconds + options.SettleSeconds));

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var model = work.Arguments<VerifyPredictionsRequest>().Model;
        var rows = await verified.VerifyAsync(work.WorkId, Settled(options.Value, clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
        var versions = (await reader.ListAsync(model, cancellationToken).ConfigureAwait(false)).ToLookup(version => version.CardId);
        var found = new List<VerifiedVersion>();
        foreach (var group in rows.GroupBy(row => row.ModelId))
        {
            VerifiedPredictionRow[] labels = [.. group];
            var version = versions[group.Key].FirstOrDefault();
            var one = new VerifiedVersion(group.Key, version?.Number, labels.Length, labels.Average(Error), labels.Average(Hit));
            found.Add(one);
            if (version is not null)
            {
                await registry.MeasureAsync(version.VersionId, [.. Metrics(labels)], cancellationToken).ConfigureAwait(false);
            }

            await work.LogAsync(
                FormattableString.Invariant($"{(version is null ? group.Key : $"version {version.Number}")}: {one.Labels} labels, mean error {one.Mae:G3}, {one.Coverage:P1} of the truths in their {labels[0].Level:P0} intervals"),
                cancellationToken).ConfigureAwait(false);
        }

        work.Report(new WorkProgress(1, FormattableString.Invariant($"{rows.Count} labels verified")));
        return new VerifyPredictionsAnswer(model, rows.Count, found);
    }

    private static IEnumerable<ModelMetric> Metrics(VerifiedPredictionRow[] labels)
    {
        yield return new ModelMetric(ModelMetricRow.LateLabels, ModelMetricRow.Everything, "mae", labels.Average(Error), "ratio", labels.Length);
        yield return new ModelMetric(ModelMetricRow.LateLabels, ModelMetricRow.Everything, "coverage", labels.Average(Hit), "1", labels.Length);
        foreach (var slice in labels.GroupBy(label => label.Workload).Where(slice => slice.Key != ModelMetricRow.Everything))
        {
            yield return new ModelMetric(ModelMetricRow.LateLabels, slice.Key, "mae", slice.Average(Error), "ratio", slice.Count());
        }
    }

    private static double Error(VerifiedPredictionRow label) => Math.Abs(label.Value - label.Truth);

    private static double Hit(VerifiedPredictionRow label) => label.Truth >= label.Lower && label.Truth <= label.Upper ? 1 : 0;
}
