using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Collecting;

/// <summary>Runs all collectors of a tick, each on its own: what one cannot do is counted and logged when that state changes.</summary>
internal sealed partial class CollectorRunner(
    IReadOnlyList<ICollector> collectors,
    EntityRegistry entities,
    TimeProvider clock,
    ILogger log)
{
    private readonly CollectionContext _context = new(entities);
    private readonly Dictionary<string, string> _failing = [];
    private readonly Dictionary<(string Collector, string Source), string> _malformed = [];

    /// <summary>How often a collector failed or met malformed content since the start.</summary>
    public long FailureCount { get; private set; }

    /// <summary>What is wrong at the moment, for people.</summary>
    public IEnumerable<string> Problems => _failing.Select(failure => $"{failure.Key}: {failure.Value}").Concat(_malformed.Values);

    /// <summary>Lets every collector read once; afterwards <see cref="EntityRegistry.Samples"/> holds what they found.</summary>
    public void Run(DateTimeOffset at)
    {
        var started = clock.GetTimestamp();
        entities.BeginTick();
        _context.At = at;
        _context.Lateness = clock.GetUtcNow() - at;
        foreach (var collector in collectors)
        {
            entities.MonotonicNanoseconds = clock.GetElapsedTime(0, clock.GetTimestamp()).Ticks * TimeSpan.NanosecondsPerTick;
            _context.Problems.Clear();
            try
            {
                collector.Collect(_context);
                if (_failing.Remove(collector.Name))
                {
                    LogRecovered(log, collector.Name);
                }
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // A collector may fail in any way its source does; the others go on.
                FailureCount++;
                if (_failing.TryAdd(collector.Name, failure.Message))
                {
                    LogFailed(log, collector.Name, failure);
                }
            }

            ReportMalformed(collector.Name);
        }

        _context.Tick++;
        _context.Previous = new TickOutcome(clock.GetElapsedTime(started), entities.Samples().Count, FailureCount);
    }

    private void ReportMalformed(string collector)
    {
        foreach (var (source, problem) in _context.Problems)
        {
            FailureCount++;
            if (_malformed.TryAdd((collector, source), problem))
            {
                LogMalformed(log, collector, problem);
            }
        }

        if (_malformed.Count == 0)
        {
            return;
        }

        foreach (var (key, _) in _malformed.Where(entry => entry.Key.Collector == collector && !_context.Problems.ContainsKey(entry.Key.Source)).ToList())
        {
            _malformed.Remove(key);
            LogWellFormed(log, collector, key.Source);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Collector {Collector} failed; its metrics are missing until it succeeds")]
    private static partial void LogFailed(ILogger log, string collector, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Collector {Collector} succeeds again")]
    private static partial void LogRecovered(ILogger log, string collector);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Collector {Collector} cannot read {Problem}; the values are missing")]
    private static partial void LogMalformed(ILogger log, string collector, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Collector {Collector} can read {Source} again")]
    private static partial void LogWellFormed(ILogger log, string collector, string source);
}
