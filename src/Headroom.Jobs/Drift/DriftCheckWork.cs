using Headroom.Interference.Champion;
using Headroom.Interference.Drift;
using Headroom.Interference.Live;
using Headroom.Interference.Runs;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Learning.Drift;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Drift;

/// <summary>
/// Holds the live windows that the champion answered against the sample of training windows in its file, and its errors and coverage beside late labels against what they were.
/// Alarms go to the registry; too many drifting features or lost coverage asks for a retraining.
/// </summary>
internal sealed class DriftCheckWork(
    ModelReader reader, ModelAlarms alarms, LiveSample live, VerifiedPredictions verified, RunFolders folders, WorkQueue queue, IOptions<ModelOptions> options, TimeProvider clock) : IWorkKind
{
    public string Name => DriftCheckRequest.Kind;

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var model = work.Arguments<DriftCheckRequest>().Model;
        var answer = await CheckAsync(work, model, cancellationToken).ConfigureAwait(false);
        work.Report(new WorkProgress(1, answer.Summary));
        await work.LogAsync(answer.Summary, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    private async Task<DriftCheckAnswer> CheckAsync(WorkContext work, string model, CancellationToken cancellationToken)
    {
        if (model != InterferenceVersions.Name)
        {
            throw new WorkFailedException($"model: expected '{InterferenceVersions.Name}', whose live windows are kept; got '{model}'");
        }

        var champion = await reader.ChampionAsync(model, cancellationToken).ConfigureAwait(false) ?? throw new WorkFailedException($"{model} has no champion yet");
        var predictor = InterferenceVersions.Kind.Read(await reader.FileAsync(champion, cancellationToken).ConfigureAwait(false));
        if (predictor.Champion.Reference is not { } reference)
        {
            return DriftCheckAnswer.NotAvailable(model, champion.Number, $"the file of version {champion.Number} carries no sample of its training windows (it is older than that); a version that is trained now does");
        }

        if (!LiveFeatures.CanServe(predictor.Schema))
        {
            return DriftCheckAnswer.NotAvailable(model, champion.Number, $"version {champion.Number} looks at features that live frames do not have, so it answers no live window");
        }

        var windows = await WindowsAsync(work, champion, predictor, cancellationToken).ConfigureAwait(false);
        var monitor = new DriftMonitor(reference, options.Value.Drift.Rule, champion.VersionId);
        IReadOnlyList<DriftAlarm> found = [];
        foreach (var window in windows)
        {
            found = monitor.Observe(window);
        }

        var raised = await alarms.ReplaceAsync(
            champion, [.. found.Select(alarm => new NewModelAlarm(alarm.Metric, alarm.Test, alarm.Since, alarm.Statistic, alarm.Threshold, alarm.MaeEffect))], work.WorkId, cancellationToken).ConfigureAwait(false);
        foreach (var alarm in raised)
        {
            await work.LogAsync(Say(alarm), cancellationToken).ConfigureAwait(false);
        }

        var retrainings = raised.Count > 0 && IsRetrainingDue(monitor, found) ? await RetrainAsync(work, cancellationToken).ConfigureAwait(false) : [];
        var (rows, labels) = (windows.Sum(window => window.Rows.Length), windows.Sum(window => window.Errors.Length));
        return new DriftCheckAnswer(
            model, champion.Number, null, Say(champion, monitor, found, rows, labels), reference.Features.Count, windows.Count, rows, labels, monitor.DriftingShare,
            [.. found.Select(alarm => alarm.Metric)], [.. raised.Select(alarm => alarm.Metric)], retrainings);
    }

    // Features by the newest windows, errors and coverage by all labels since the version answers.
    private async Task<IReadOnlyList<DriftWindow>> WindowsAsync(WorkContext work, ModelVersionRow champion, InterferencePredictor predictor, CancellationToken cancellationToken)
    {
        var settings = options.Value.Drift;
        var length = TimeSpan.FromMinutes(settings.WindowMinutes);
        var end = EndOf(clock.GetUtcNow(), length) - length;
        var labels = (await verified.OfModelAsync(champion.CardId, end - TimeSpan.FromDays(settings.LabelDays), cancellationToken).ConfigureAwait(false)).ToLookup(label => EndOf(label.EndedAt, length));
        var sample = new Dictionary<DateTimeOffset, IReadOnlyList<InterferenceRun>>();
        var features = new LiveWindows(predictor.Schema);
        for (var back = settings.Windows - 1; back >= 0; back--)
        {
            work.Report(new WorkProgress((settings.Windows - 1 - back) / (double)settings.Windows, "reading live windows"));
            var at = end - (back * length);
            sample[at] = await live.ReadAsync(champion.CardId, features, at - length, at, settings.Rows, cancellationToken).ConfigureAwait(false);
        }

        // Alarms tell what the newest rows show: no other window need ask the model.
        var newest = sample.Where(window => window.Value.Count > 0).Select(window => window.Key).DefaultIfEmpty().Max();
        return
        [
            .. labels.Select(group => group.Key).Union(sample.Keys).Order()
                .Select(at => Window(at, sample.GetValueOrDefault(at) ?? [], [.. labels[at]], at == newest ? predictor.Champion : null)),
        ];
    }

    private static DriftWindow Window(DateTimeOffset at, IReadOnlyList<InterferenceRun> runs, VerifiedPredictionRow[] labels, FittedChampion? asked) => new(
        at,
        [.. runs.Select(TrainingSample.Row)],
        [.. labels.Select(label => Math.Abs(label.Value - label.Truth))],
        [.. labels.Select(label => label.Truth >= label.Lower && label.Truth <= label.Upper)],
        asked is null ? null : new ShiftedAnswers(asked, runs).Moves);

    // The end of the window that a moment lies in.
    private static DateTimeOffset EndOf(DateTimeOffset at, TimeSpan length) => new(((at.UtcTicks - 1) / length.Ticks * length.Ticks) + length.Ticks, TimeSpan.Zero);

    private bool IsRetrainingDue(DriftMonitor monitor, IReadOnlyList<DriftAlarm> found) =>
        monitor.DriftingShare >= options.Value.Drift.Rule.TooManyFeatures || found.Any(alarm => alarm.Metric == DriftAlarm.Coverage);

    private async Task<IReadOnlyList<Guid>> RetrainAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var asked = new List<Guid>();
        foreach (var data in folders.Campaigns())
        {
            var (id, isNew) = await queue.EnqueueOnceAsync(RetrainRequest.Kind, new RetrainRequest(data), Name, cancellationToken).ConfigureAwait(false);
            await work.LogAsync($"a retraining from {data} {(isNew ? "was asked for" : "is on its way already")}: job {id}", cancellationToken).ConfigureAwait(false);
            asked.Add(id);
        }

        if (asked.Count == 0)
        {
            await work.LogAsync("a retraining is due, but there is no campaign to learn from; headroom calibrate makes one", cancellationToken).ConfigureAwait(false);
        }

        return asked;
    }

    private static string Say(ModelAlarmRow alarm) => FormattableString.Invariant(
        $"{alarm.Metric} is not as in training since {alarm.Since:yyyy-MM-dd HH:mm} UTC ({alarm.Test} {alarm.Statistic:G3}, limit {alarm.Threshold:G3}); {(alarm.MaeEffect is { } effect ? FormattableString.Invariant($"estimated effect on the mean error {effect:+0.0000;-0.0000}") : "its effect on the mean error cannot be told")}");

    private static string Say(ModelVersionRow champion, DriftMonitor monitor, IReadOnlyList<DriftAlarm> found, int rows, int labels) => rows + labels == 0
        ? $"version {champion.Number} answered no live window lately, and no label came: nothing to hold against training"
        : FormattableString.Invariant(
            $"version {champion.Number}: {(found.Count == 0 ? "all is as in training" : $"{found.Count} {(found.Count == 1 ? "metric is" : "metrics are")} not as in training ({monitor.DriftingShare:P0} of the features drift)")}, by {rows} live windows and {labels} late labels");
}
