using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;

namespace Headroom.Jobs.Backtests;

/// <summary>What to replay.</summary>
/// <param name="Trace">Name of a public trace, <c>store</c> for the platform's own history, or <c>csv</c>.</param>
/// <param name="Resource">Cpu or Memory.</param>
/// <param name="Risk">Share of windows that may exceed the advice, 0 to 0.5.</param>
/// <param name="HorizonHours">For how long one advice holds.</param>
/// <param name="VmsPerHost">Machines to a host where the trace names no hosts.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Predictors">Whom to try; null for all.</param>
/// <param name="Csv">The trace itself when it is <c>csv</c>: columns host, vm, t_unix, requested, used.</param>
public sealed record BacktestQuestion(
    string Trace,
    Resource Resource = Resource.Cpu,
    double Risk = 0.01,
    double HorizonHours = 1,
    int VmsPerHost = HostGrouping.DefaultVmsPerHost,
    int Seed = 1,
    IReadOnlyList<string>? Predictors = null,
    string? Csv = null)
{
    /// <summary>Name of this kind of work.</summary>
    public const string Kind = "backtest";

    /// <summary>Name of the trace that is the platform's own history.</summary>
    public const string Store = "store";

    /// <summary>Name of a trace that comes with the question.</summary>
    public const string OwnCsv = "csv";

    /// <summary>Longest CSV text: 16 MiB.</summary>
    public const int LongestCsv = 16 << 20;

    /// <summary>What is wrong with it, in a sentence; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Trace: OwnCsv, Csv: null or "" } => "csv: expected the text of a CSV file with the columns host, vm, t_unix, requested, used; got none",
        { Csv.Length: > LongestCsv } => FormattableString.Invariant($"csv: expected at most {LongestCsv} characters, got {Csv.Length}"),
        { Trace: not (Store or OwnCsv) } when NamedTraces.All.All(named => named.Name != Trace) =>
            $"trace: expected {Store}, {OwnCsv} or one of {string.Join(", ", NamedTraces.All.Select(named => named.Name))}; got '{Trace}'",
        { Risk: not (> 0 and < 0.5) } => FormattableString.Invariant($"risk: expected a share above 0 and below 0.5, got {Risk}"),
        { HorizonHours: not (> 0 and <= 168) } => FormattableString.Invariant($"horizonHours: expected more than 0 and at most 168, got {HorizonHours}"),
        { VmsPerHost: < 1 or > 10_000 } => FormattableString.Invariant($"vmsPerHost: expected 1 to 10000, got {VmsPerHost}"),
        { Predictors: { } asked } when asked.Except(PeakPredictors.All.Select(known => known.Name)).FirstOrDefault() is { } unknown =>
            $"predictors: expected some of {string.Join(", ", PeakPredictors.All.Select(known => known.Name))}; got '{unknown}'",
        { Predictors.Count: 0 } => "predictors: expected at least one, got none",
        _ => null,
    };
}
