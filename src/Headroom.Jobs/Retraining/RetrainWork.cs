using System.Text.Json;
using Headroom.Interference.Evaluation;
using Headroom.Interference.Live;
using Headroom.Interference.Serving;
using Headroom.Jobs.Models;
using Headroom.Jobs.Shadow;
using Headroom.Jobs.Work;
using Headroom.Learning.Promotion;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Retraining;

/// <summary>
/// Labels the runs of a set, trains a challenger, holds it against the champion on the frozen hold-out and in the shadow, and lets it answer if the rule says so.
/// </summary>
internal sealed class RetrainWork(RunFolders folders, ChallengerTraining training, ModelRegistry registry, ModelReader reader, ShadowTrial trial, IOptions<ModelOptions> options) : IWorkKind
{
    public string Name => RetrainRequest.Kind;

    public string? Model => InterferenceVersions.Name;

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var request = work.Arguments<RetrainRequest>();
        work.Report(new WorkProgress(0, $"reading {request.Data}"));
        var split = RetrainingSplit.Of(folders.Read(request.Data));
        await work.LogAsync($"{request.Data}: {split.Train.Runs.Count} runs to learn from, {split.HoldOut.Runs.Count} in the frozen hold-out, {split.Shadow.Runs.Count} newest ones as shadow traffic", cancellationToken).ConfigureAwait(false);
        try
        {
            var champion = await reader.ChampionAsync(InterferenceVersions.Name, cancellationToken).ConfigureAwait(false);
            split = champion is null ? split : AsServed(split, (await LoadAsync(champion, cancellationToken).ConfigureAwait(false)).Schema);
            var challenger = await training.RunAsync(work, split.Train, request.Seed, champion?.VersionId, cancellationToken).ConfigureAwait(false);
            return await DecideAsync(work, split, champion, challenger, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException unfit)
        {
            throw new WorkFailedException(unfit.Message, unfit);
        }
        catch (PublicationRefusedException refused)
        {
            // The log belongs to the work, whoever holds it now.
            await work.LogAsync($"stopped: {refused.Message}", cancellationToken).ConfigureAwait(false);
            throw new WorkFailedException(refused.Message, refused);
        }
    }

    // A champion of live workloads sees live features only; its challenger learns and is judged on the same ones.
    private static RetrainingSplit AsServed(RetrainingSplit split, Headroom.Interference.Runs.FeatureSchema schema) =>
        (LiveFeatures.As(split.Train, schema), LiveFeatures.As(split.HoldOut, schema), LiveFeatures.As(split.Shadow, schema)) is ({ } train, { } holdOut, { } shadow)
            ? new RetrainingSplit(train, holdOut, shadow)
            : split;

    private async Task<RetrainAnswer> DecideAsync(WorkContext work, RetrainingSplit split, ModelVersionRow? champion, ModelVersionRow challenger, CancellationToken cancellationToken)
    {
        if (champion is null)
        {
            await registry.PromoteAsync(challenger.VersionId, null, new ModelDecision(ModelVerdict.First, RetrainRequest.Kind, "there was no champion"), work.Fence, cancellationToken).ConfigureAwait(false);
            return new RetrainAnswer(InterferenceVersions.Name, true, $"version {challenger.Number} is the first champion", challenger.VersionId, challenger.Number, null, null, null);
        }

        if (await EarlierAsync(champion, challenger, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return earlier;
        }

        work.Report(new WorkProgress(0.85, "comparing with the champion"));
        var (before, after) = (await LoadAsync(champion, cancellationToken).ConfigureAwait(false), await LoadAsync(challenger, cancellationToken).ConfigureAwait(false));
        if (after.Schema.Difference(before.Schema) is { Count: > 0 } difference)
        {
            throw new WorkFailedException($"version {champion.Number} was trained for other features, so nothing can be compared; a person may make version {challenger.Number} champion. Difference: {string.Join("; ", difference.Take(5))}");
        }

        var verdict = PromotionRule.Decide(Score("hold-out", split.HoldOut), Score("shadow", split.Shadow), ChallengerTraining.Level, options.Value.Promotion);
        foreach (var reason in verdict.Reasons)
        {
            await work.LogAsync(reason, cancellationToken).ConfigureAwait(false);
        }

        await registry.MeasureAsync(champion.VersionId, [.. ScoreMetrics.Of("hold-out", verdict.HoldOut, challenger: false), .. ScoreMetrics.Of("shadow", verdict.Shadow, challenger: false)], cancellationToken).ConfigureAwait(false);
        await registry.MeasureAsync(challenger.VersionId, [.. ScoreMetrics.Of("hold-out", verdict.HoldOut, challenger: true), .. ScoreMetrics.Of("shadow", verdict.Shadow, challenger: true)], cancellationToken).ConfigureAwait(false);
        var tried = verdict.Promote && await trial.IsPossibleAsync(champion, after.Schema, cancellationToken).ConfigureAwait(false);
        var summary = tried ? $"version {challenger.Number} beats version {champion.Number} on recorded runs; {trial.Announce()}" : Summary(verdict, champion, challenger);
        await PublishAsync(work, verdict, tried, champion, challenger, summary, cancellationToken).ConfigureAwait(false);
        await work.LogAsync(summary, cancellationToken).ConfigureAwait(false);
        work.Report(new WorkProgress(1, summary));
        return new RetrainAnswer(InterferenceVersions.Name, verdict.Promote && !tried, summary, challenger.VersionId, challenger.Number, champion.VersionId, champion.Number, verdict);

        PairedScore Score(string where, Headroom.Interference.Runs.RunSet runs) => runs.Runs.Count == 0
            ? throw new WorkFailedException($"{runs.Name}: the {where} is empty; measure more runs first")
            : PairedScore.Of(ModelComparison.Of(before.Champion, after.Champion, runs), seed: 1);
    }

    private Task PublishAsync(
        WorkContext work, PromotionVerdict verdict, bool tried, ModelVersionRow champion, ModelVersionRow challenger, string summary, CancellationToken cancellationToken)
    {
        var decision = new ModelDecision(
            tried ? ModelVerdict.Shadowed : verdict.Promote ? ModelVerdict.Promoted : ModelVerdict.Rejected, RetrainRequest.Kind, summary, JsonSerializer.Serialize(verdict, JsonSerializerOptions.Web));
        return decision.Verdict switch
        {
            ModelVerdict.Shadowed => registry.ShadowAsync(challenger.VersionId, champion.VersionId, decision, work.Fence, cancellationToken),
            ModelVerdict.Promoted => registry.PromoteAsync(challenger.VersionId, champion.VersionId, decision, work.Fence, cancellationToken),
            _ => registry.TurnDownAsync(challenger.VersionId, decision, work.Fence, cancellationToken),
        };
    }

    // A worker that died after the decision, or the same question asked again: what was decided stands.
    private async Task<RetrainAnswer?> EarlierAsync(ModelVersionRow champion, ModelVersionRow challenger, CancellationToken cancellationToken)
    {
        var decisions = await reader.DecisionsAsync(InterferenceVersions.Name, cancellationToken).ConfigureAwait(false);
        var decided = decisions.FirstOrDefault(decision => decision.VersionId == challenger.VersionId
            && (champion.VersionId == challenger.VersionId || decision.ChampionId == champion.VersionId) && decision.Verdict is not ModelVerdict.RolledBack);
        if (decided is null)
        {
            return null;
        }

        var against = decided.ChampionId is { } id ? await reader.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        return new RetrainAnswer(
            InterferenceVersions.Name, challenger.VersionId == champion.VersionId, $"decided already: {decided.Reason}", challenger.VersionId, challenger.Number, against?.VersionId, against?.Number,
            decided.Numbers is { } numbers ? JsonSerializer.Deserialize<PromotionVerdict>(numbers, JsonSerializerOptions.Web) : null);
    }

    private async Task<InterferencePredictor> LoadAsync(ModelVersionRow version, CancellationToken cancellationToken) =>
        InterferenceVersions.Kind.Read(await reader.FileAsync(version, cancellationToken).ConfigureAwait(false));

    private static string Summary(PromotionVerdict verdict, ModelVersionRow champion, ModelVersionRow challenger) => verdict.Promote
        ? FormattableString.Invariant($"version {challenger.Number} answers now: on runs neither was trained on its mean error is {verdict.HoldOut.ChallengerMae:G3} against {verdict.HoldOut.ChampionMae:G3} of version {champion.Number} (p = {verdict.HoldOut.PValue:G2})")
        : $"version {champion.Number} goes on answering; version {challenger.Number} did not meet: {string.Join("; ", verdict.NotMet())}";
}
