using System.Text.Json;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Storage.Work;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Labelling;

/// <summary>Labels the new runs of a campaign: speed over the median speed alone. Once enough came since the last retraining, it asks for the next.</summary>
internal sealed class LabelRunsWork(RunFolders folders, WorkStore store, WorkQueue queue, IOptions<ModelOptions> options) : IWorkKind
{
    public string Name => LabelRunsRequest.Kind;

    public string? Model => InterferenceVersions.Name;

    /// <summary>Campaigns whose files changed since they were last labelled.</summary>
    public static async Task<IReadOnlyList<object>> DueAsync(RunFolders folders, WorkStore store, CancellationToken cancellationToken)
    {
        var due = new List<object>();
        foreach (var data in folders.Campaigns())
        {
            var before = await BeforeAsync(store, data, cancellationToken).ConfigureAwait(false);
            if (before?.Stamp != folders.StampOf(data))
            {
                due.Add(new LabelRunsRequest(data));
            }
        }

        return due;
    }

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var data = work.Arguments<LabelRunsRequest>().Data;
        work.Report(new WorkProgress(0, $"reading {data}"));
        var stamp = folders.StampOf(data);
        var runs = folders.Read(data).Runs;
        string[] unlabelled = [.. runs.Where(run => run.Label is null).Select(run => run.Application).Distinct().Order(StringComparer.Ordinal)];
        var labelled = runs.Count(run => run.Label is not null);
        var before = await BeforeAsync(store, data, cancellationToken).ConfigureAwait(false);

        // What lies there at the first look is what the champion may have learnt from already; the weekly retraining sees to it.
        var fresh = before is null ? 0 : Math.Max(0, labelled - before.Labelled);
        var waiting = (before?.Waiting ?? 0) + fresh;
        await work.LogAsync(FormattableString.Invariant($"{data}: {runs.Count} runs, {labelled} with a label, {fresh} of them new"), cancellationToken).ConfigureAwait(false);
        if (unlabelled.Length > 0)
        {
            await work.LogAsync($"no run alone with the same load, so no label, for some runs of {string.Join(", ", unlabelled)}", cancellationToken).ConfigureAwait(false);
        }

        Guid? retraining = null;
        if (waiting >= options.Value.NewRuns)
        {
            (retraining, _) = await queue.EnqueueOnceAsync(RetrainRequest.Kind, new RetrainRequest(data), Name, cancellationToken).ConfigureAwait(false);
            await work.LogAsync($"{waiting} labelled runs wait: a retraining was asked for, job {retraining}", cancellationToken).ConfigureAwait(false);
            waiting = 0;
        }

        work.Report(new WorkProgress(1, FormattableString.Invariant($"{data}: {labelled} labelled runs, {fresh} new")));
        return new LabelRunsAnswer(data, stamp, runs.Count, labelled, fresh, unlabelled, waiting, retraining);
    }

    private static async Task<LabelRunsAnswer?> BeforeAsync(WorkStore store, string data, CancellationToken cancellationToken) =>
        await store.LatestAsync(LabelRunsRequest.Kind, JsonSerializer.Serialize(new LabelRunsRequest(data), JsonSerializerOptions.Web), cancellationToken).ConfigureAwait(false) is { } last
            ? JsonSerializer.Deserialize<LabelRunsAnswer>(last.Result, JsonSerializerOptions.Web)
            : null;
}
