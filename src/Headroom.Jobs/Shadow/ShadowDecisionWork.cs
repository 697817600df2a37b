using System.Text.Json;
using Headroom.Jobs.Models;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Work;
using Headroom.Learning.Promotion;
using Headroom.Storage.Interference;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Shadow;

/// <summary>
/// Decides about the challenger that answers live traffic in the shadow: by the labels that came, as soon as there are enough; when its time is over by those there are,
/// or, with too few of them, by the replay it was put there for, and then it says so.
/// </summary>
internal sealed class ShadowDecisionWork(
    ModelRegistry registry, ModelReader reader, ShadowPredictions shadows, ShadowTrial trial, IOptions<ModelOptions> options, TimeProvider clock) : IWorkKind
{
    public string Name => Schedules.ShadowDecision;

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var model = work.Arguments<ShadowDecisionRequest>().Model;
        var answer = await DecideAsync(work, model, cancellationToken).ConfigureAwait(false);
        work.Report(new WorkProgress(1, answer.Summary));
        await work.LogAsync(answer.Summary, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    private async Task<ShadowDecisionAnswer> DecideAsync(WorkContext work, string model, CancellationToken cancellationToken)
    {
        if (await reader.ShadowAsync(model, cancellationToken).ConfigureAwait(false) is not { } challenger)
        {
            return new ShadowDecisionAnswer(model, false, false, "no version is in the shadow");
        }

        var began = (await reader.DecisionsAsync(model, cancellationToken).ConfigureAwait(false)).First(decision => decision.VersionId == challenger.VersionId && decision.Verdict == ModelVerdict.Shadowed);
        var champion = await reader.ChampionAsync(model, cancellationToken).ConfigureAwait(false);
        try
        {
            if (champion is null || champion.VersionId != began.ChampionId)
            {
                var late = $"version {champion?.Number} became champion meanwhile; version {challenger.Number} was held against another one";
                await registry.TurnDownAsync(challenger.VersionId, new ModelDecision(ModelVerdict.Rejected, Name, late), work.Fence, cancellationToken).ConfigureAwait(false);
                return new ShadowDecisionAnswer(model, true, false, late, challenger.VersionId);
            }

            var labels = await shadows.LabelsAsync(challenger.VersionId, champion.CardId, cancellationToken).ConfigureAwait(false);
            var traffic = await shadows.TrafficAsync(challenger.VersionId, champion.CardId, cancellationToken).ConfigureAwait(false);
            if (labels.Count < options.Value.Shadow.Labels && clock.GetUtcNow() < trial.EndOf(began.At))
            {
                var waits = FormattableString.Invariant(
                    $"version {challenger.Number} stays in the shadow: {labels.Count} of {options.Value.Shadow.Labels} labels came, it waits until {trial.EndOf(began.At):yyyy-MM-dd HH:mm} UTC at the latest; {Said(traffic)}");
                return new ShadowDecisionAnswer(model, false, false, waits, challenger.VersionId, labels.Count, traffic.Windows);
            }

            var replay = JsonSerializer.Deserialize<PromotionVerdict>(began.Numbers!, JsonSerializerOptions.Web)!;
            var verdict = await JudgeAsync(replay, labels, champion, challenger, cancellationToken).ConfigureAwait(false);
            foreach (var reason in verdict.Reasons)
            {
                await work.LogAsync(reason, cancellationToken).ConfigureAwait(false);
            }

            var summary = $"{Outcome(verdict, champion, challenger)}; {Why(verdict, labels.Count)}; {Said(traffic)}";
            await PublishAsync(verdict, champion, challenger, summary, work, cancellationToken).ConfigureAwait(false);
            return new ShadowDecisionAnswer(model, true, verdict.Promote, summary, challenger.VersionId, labels.Count, traffic.Windows);
        }
        catch (PublicationRefusedException refused)
        {
            await work.LogAsync($"stopped: {refused.Message}", cancellationToken).ConfigureAwait(false);
            throw new WorkFailedException(refused.Message, refused);
        }
    }

    /// <summary>The rule with live labels as the shadow where there are enough, else what it said about the replay.</summary>
    private async Task<PromotionVerdict> JudgeAsync(PromotionVerdict replay, IReadOnlyList<ShadowLabel> labels, ModelVersionRow champion, ModelVersionRow challenger, CancellationToken cancellationToken)
    {
        var limits = options.Value.Promotion;
        if (labels.Count < limits.Rows)
        {
            return replay;
        }

        var live = PairedScore.Of(
            [
                .. labels.Select(label => new PairedRow(
                    Math.Abs(label.Champion - label.Truth), Math.Abs(label.Challenger - label.Truth), label.Truth >= label.Lower && label.Truth <= label.Upper,
                    FormattableString.Invariant($"{label.EntityId}"), label.Workload)),
            ],
            seed: 1);
        await registry.MeasureAsync(champion.VersionId, [.. ScoreMetrics.Of(PromotionVerdict.Live, live, challenger: false)], cancellationToken).ConfigureAwait(false);
        await registry.MeasureAsync(challenger.VersionId, [.. ScoreMetrics.Of(PromotionVerdict.Live, live, challenger: true)], cancellationToken).ConfigureAwait(false);
        return PromotionRule.Decide(replay.HoldOut, live, replay.Level, limits, PromotionVerdict.Live);
    }

    private Task PublishAsync(PromotionVerdict verdict, ModelVersionRow champion, ModelVersionRow challenger, string summary, WorkContext work, CancellationToken cancellationToken)
    {
        var numbers = JsonSerializer.Serialize(verdict, JsonSerializerOptions.Web);
        return verdict.Promote
            ? registry.PromoteAsync(challenger.VersionId, champion.VersionId, new ModelDecision(ModelVerdict.Promoted, Name, summary, numbers), work.Fence, cancellationToken)
            : registry.TurnDownAsync(challenger.VersionId, new ModelDecision(ModelVerdict.Rejected, Name, summary, numbers), work.Fence, cancellationToken);
    }

    private static string Outcome(PromotionVerdict verdict, ModelVersionRow champion, ModelVersionRow challenger) => verdict.Promote
        ? $"version {challenger.Number} answers now"
        : $"version {champion.Number} goes on answering; version {challenger.Number} did not meet: {string.Join("; ", verdict.NotMet())}";

    private string Why(PromotionVerdict verdict, int labels) => verdict.Traffic == PromotionVerdict.Live
        ? FormattableString.Invariant($"on {labels} labels of live traffic its mean error is {verdict.Shadow.ChallengerMae:G3} against {verdict.Shadow.ChampionMae:G3} of the champion")
        : FormattableString.Invariant(
            $"{(labels == 0 ? "no label" : $"only {labels} labels")} of live traffic arrived in {options.Value.Shadow.Hours:0.##} hours (at least {options.Value.Promotion.Rows} are asked for), so the replay of the newest runs stands: mean error {verdict.Shadow.ChallengerMae:G3} against {verdict.Shadow.ChampionMae:G3}");

    private static string Said(ShadowTraffic traffic) => traffic.MeanGap is { } gap
        ? FormattableString.Invariant($"in {traffic.Windows} live windows the two differ by {gap:G3} on average")
        : "no live window was answered by both";
}
