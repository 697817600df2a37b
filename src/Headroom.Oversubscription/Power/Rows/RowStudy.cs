using System.Collections.Concurrent;
using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A row whose load is set: every question about policies and server counts is put to it. Runs side by side on the machine's cores.</summary>
public sealed class RowStudy
{
    private const double MinutesPerWeek = 7 * 1440;

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
        Weeks = Trace.Minutes.Length / MinutesPerWeek;
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
    public IReadOnlyList<PolicyOutcome> Compare(int servers, IReadOnlyList<IPowerPolicy> policies, IProgress<double>? progress, CancellationToken cancellationToken) =>
        Compare(servers, policies, Weeks, progress, cancellationToken);

    /// <summary>The same over the first weeks only.</summary>
    public IReadOnlyList<PolicyOutcome> Compare(int servers, IReadOnlyList<IPowerPolicy> policies, double weeks, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        IPowerPolicy[] all = [new Uncapped(), .. policies];
        var results = InParallel(
            all, (policy, part) => RowSimulator.Run(Scenario(servers, policy, weeks, Seed), stopAtBrake: false, part, cancellationToken), progress, cancellationToken);
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

    /// <summary>
    /// Whether any of the runs with different seeds brakes; the first brake ends all of them. The seeds with the highest demand run first, so that a number of servers
    /// that does not fit is found out soon.
    /// </summary>
    /// <param name="servers">Servers in the row.</param>
    /// <param name="policy">Who holds the row's power.</param>
    /// <param name="runs">Seeds.</param>
    /// <param name="busiestOnly">Look at the busiest minutes only (<see cref="RowScenario.Busiest"/>) instead of the whole time.</param>
    /// <param name="cancellationToken">Ends the runs.</param>
    /// <returns>The runs that ended, and those of them that braked.</returns>
    public BrakeProbability FirstBrake(int servers, IPowerPolicy policy, int runs, bool busiestOnly, CancellationToken cancellationToken)
    {
        var scenarios = Enumerable.Range(Seed, runs).Select(seed => Scenario(servers, policy, Weeks, seed)).OrderByDescending(scenario => scenario.Rates.Max())
            .Select(scenario => busiestOnly ? scenario.Busiest() : scenario).ToArray();
        using var braked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (ended, brakes) = (0, 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Partitioner.Create(scenarios, EnumerablePartitionerOptions.NoBuffering), options, (scenario, loop) =>
        {
            try
            {
                var brakesNow = RowSimulator.Run(scenario, stopAtBrake: true, null, braked.Token).Brakes > 0;
                Interlocked.Increment(ref ended);
                if (brakesNow)
                {
                    Interlocked.Increment(ref brakes);
                    braked.Cancel();
                    loop.Stop();
                }
            }
            catch (OperationCanceledException)
            {
                // Another run braked, or nobody wants to know any more.
            }
        });
        cancellationToken.ThrowIfCancellationRequested();
        return new BrakeProbability(servers, policy.Name, scenarios.Average(scenario => scenario.Trace.Minutes.Length) / MinutesPerWeek, ended, brakes);
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
