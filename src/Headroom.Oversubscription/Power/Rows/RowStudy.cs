using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A row whose load is set: every question about policies and server counts is put to it. Runs side by side on the machine's cores.</summary>
public sealed class RowStudy
{
    private readonly RowLoad _load;
    private readonly LoadCurve _curve;
    private readonly string? _traceFile;

    /// <param name="settings">The row.</param>
    /// <param name="weeks">Length of the trace, weeks; an own trace is as long as it is.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="datasets">Folder that holds the public data sets; null for the built-in load.</param>
    /// <param name="traceFile">Own row power (see <see cref="RowTrace.Read"/>); null for the synthetic trace.</param>
    public RowStudy(RowSettings settings, double weeks, int seed, string? datasets, string? traceFile)
    {
        (Settings, Seed, _traceFile) = (settings, seed, traceFile);
        _load = RowLoad.Find(datasets, seed);
        _curve = LoadCurve.Measure(_load, settings, seed);
        Trace = TraceOf(weeks, seed);
        Weeks = Trace.Minutes.Length / (7 * 1440.0);
    }

    public RowSettings Settings { get; }

    public int Seed { get; }

    public RowTrace Trace { get; }

    public double Weeks { get; }

    /// <summary>Where load and power come from, for whoever reads the result.</summary>
    public IReadOnlyList<string> Sources => [_load.Profile.Source, _load.Mix.Source, Trace.Source];

    /// <summary>One run over the whole trace.</summary>
    public RowResult Run(int servers, IPowerPolicy policy, IProgress<double>? progress, CancellationToken cancellationToken) =>
        RowSimulator.Run(Scenario(servers, policy, Weeks, Seed), stopAtBrake: false, progress, cancellationToken);

    /// <summary>Runs of several policies, and of the uncapped row they are measured against.</summary>
    public IReadOnlyList<PolicyOutcome> Compare(int servers, IReadOnlyList<IPowerPolicy> policies, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        IPowerPolicy[] all = [new Uncapped(), .. policies];
        var results = InParallel(all, (policy, part) => Run(servers, policy, part, cancellationToken), progress, cancellationToken);
        return [.. results.Skip(1).Select(result => new PolicyOutcome(result, ServiceImpact.Of(result, results[0])))];
    }

    /// <summary>In how many runs with different seeds the row brakes. A run ends with its first brake.</summary>
    public BrakeProbability Brakes(int servers, IPowerPolicy policy, double weeks, int runs, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var seeds = Enumerable.Range(Seed, runs).ToArray();
        var results = InParallel(
            seeds, (seed, part) => RowSimulator.Run(Scenario(servers, policy, weeks, seed), stopAtBrake: true, part, cancellationToken), progress, cancellationToken);
        return new BrakeProbability(servers, policy.Name, Math.Min(weeks, Weeks), runs, results.Count(result => result.Brakes > 0));
    }

    private RowScenario Scenario(int servers, IPowerPolicy policy, double weeks, int seed) =>
        new(servers, policy, Settings, _load, _curve, seed == Seed && weeks >= Weeks ? Trace : TraceOf(Math.Min(weeks, Weeks), seed), seed);

    private RowTrace TraceOf(double weeks, int seed) => _traceFile is null ? RowTrace.Synthetic(Settings, weeks, seed) : RowTrace.Read(_traceFile).First(weeks);

    private static TResult[] InParallel<T, TResult>(
        IReadOnlyList<T> items, Func<T, IProgress<double>, TResult> run, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var results = new TResult[items.Count];
        var whole = new SharedProgress(items.Count, progress);
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, items.Count, options, index => results[index] = run(items[index], whole.Part(index)));
        return results;
    }
}

/// <summary>What became of a row under a policy, and what that cost its requests.</summary>
public sealed record PolicyOutcome(RowResult Result, ServiceImpact Impact);
