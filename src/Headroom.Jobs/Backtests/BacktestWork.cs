using System.Text.Json;
using Headroom.Jobs.Work;
using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Jobs.Backtests;

/// <summary>Replays a trace for somebody who asked. Its place is kept after every predictor.</summary>
internal sealed class BacktestWork(BacktestTraces traces) : IWorkKind
{
    public string Name => BacktestQuestion.Kind;

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var question = work.Arguments<BacktestQuestion>();
        if (question.Problem() is { } problem)
        {
            throw new WorkFailedException(problem);
        }

        try
        {
            work.Report(new WorkProgress(0, $"reading {question.Trace}"));
            var fleet = await traces.ReadAsync(question, cancellationToken).ConfigureAwait(false);
            await work.LogAsync($"{fleet.Hosts.Count} hosts, {fleet.Windows} windows of {fleet.Step}", cancellationToken).ConfigureAwait(false);
            return await ReplayAsync(work, question, fleet, cancellationToken).ConfigureAwait(false);
        }
        catch (TraceException wrong)
        {
            throw new WorkFailedException(wrong.Message, wrong);
        }
    }

    private static async Task<BacktestAnswer> ReplayAsync(WorkContext work, BacktestQuestion question, FleetTrace fleet, CancellationToken cancellationToken)
    {
        var horizon = TimeSpan.FromHours(question.HorizonHours);
        var settings = question.Trace == BacktestQuestion.Store
            ? PeakSettings.ForOwnPast(fleet, question.Risk, horizon, question.Seed)
            : PeakSettings.For(fleet, question.Risk, horizon, question.Seed);
        var predictors = PeakPredictors.All.Where(predictor => question.Predictors?.Contains(predictor.Name) ?? true).ToArray();
        var done = work.Checkpoint is { } kept ? JsonSerializer.Deserialize<List<PredictorResult>>(kept) ?? [] : [];
        BacktestResult result = null!;
        // Predictor by predictor, so that another worker can go on after each.
        for (var count = 1; count <= predictors.Length; count++)
        {
            var part = new Part(work, (count - 1.0) / predictors.Length, 1.0 / predictors.Length, predictors[count - 1].Name);
            var known = done.Count;
            result = Replay.Run(fleet, predictors[..count], settings, [.. done], done.Add, part, cancellationToken);
            if (done.Count > known)
            {
                await work.SaveCheckpointAsync(JsonSerializer.SerializeToUtf8Bytes(done), cancellationToken).ConfigureAwait(false);
                await work.LogAsync(FormattableString.Invariant($"{done[^1].Predictor}: {done[^1].ViolationRate:P2} exceeded, {done[^1].Reclaimed:P1} left free"), cancellationToken).ConfigureAwait(false);
            }
        }

        return Answer(question, fleet, settings, result);
    }

    private static BacktestAnswer Answer(BacktestQuestion question, FleetTrace fleet, PeakSettings settings, BacktestResult result)
    {
        var line = result.ParetoLine.Select(predictor => predictor.Predictor).ToHashSet();
        var ours = result.Predictors.FirstOrDefault(predictor => predictor.Predictor == PeakPredictors.Ours);
        var rival = result.BestRival(PeakPredictors.Ours, settings.Risk);
        return new BacktestAnswer(
            question.Trace,
            fleet.Resource,
            fleet.Hosts.Count,
            fleet.Windows,
            fleet.Step.TotalSeconds,
            settings.Risk,
            settings.Seed,
            result.OracleReclaimed,
            rival?.Predictor,
            ours is null || rival is null ? null : result.GapClosed(ours, rival),
            [.. result.Predictors.Select(predictor => new BacktestAnswerLine(
                predictor.Predictor, PeakPredictors.All.Single(known => known.Name == predictor.Predictor).Rule, line.Contains(predictor.Predictor), predictor))]);
    }

    /// <summary>Progress of the newest predictor within all of them.</summary>
    private sealed class Part(WorkContext work, double from, double share, string name) : IProgress<double>
    {
        private readonly int _count = (int)Math.Round((from / share) + 1);

        // The run counts the predictors before as done: what is new is the last of them.
        public void Report(double value) => work.Report(new WorkProgress(from + (share * Math.Clamp((value * _count) - (_count - 1), 0, 1)), $"trying {name}"));
    }
}
