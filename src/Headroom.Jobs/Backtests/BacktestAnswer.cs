using Headroom.Oversubscription.Backtest;
using Headroom.Oversubscription.Traces;

namespace Headroom.Jobs.Backtests;

/// <summary>How every predictor did on a trace.</summary>
/// <param name="Trace">Name of the trace.</param>
/// <param name="Resource">CPU (cores) or memory (GiB).</param>
/// <param name="Hosts">How many hosts.</param>
/// <param name="Windows">Windows of the trace.</param>
/// <param name="WindowSeconds">Length of one.</param>
/// <param name="Risk">Share of windows that were allowed to exceed the advice.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="OracleReclaimed">What somebody who knows every peak leaves free, 0 to 1.</param>
/// <param name="BestRival">The rival that kept the risk and left most free; null when none kept it.</param>
/// <param name="GapClosed">Share of the way from that rival to the oracle that ours went; null where there is none.</param>
/// <param name="Predictors">Every predictor.</param>
public sealed record BacktestAnswer(
    string Trace,
    Resource Resource,
    int Hosts,
    int Windows,
    double WindowSeconds,
    double Risk,
    int Seed,
    double OracleReclaimed,
    string? BestRival,
    double? GapClosed,
    IReadOnlyList<BacktestAnswerLine> Predictors);

/// <summary>One predictor.</summary>
/// <param name="Predictor">Its name.</param>
/// <param name="Rule">Its rule in a sentence.</param>
/// <param name="OnParetoLine">Whether no other is better in both violations and what is left free.</param>
/// <param name="Result">How it did.</param>
public sealed record BacktestAnswerLine(string Predictor, string Rule, bool OnParetoLine, PredictorResult Result);
