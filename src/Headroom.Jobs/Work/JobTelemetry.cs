using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Headroom.Jobs.Work;

/// <summary>What jobs measure of themselves, under <c>headroom.jobs</c>, and a trace of each: long work that somebody asked for, and what runs by a schedule.</summary>
public static class JobTelemetry
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Headroom.Jobs";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("headroom.jobs.duration", "s", "Time a job ran, by its name and how it ended: succeeded, failed, cancelled or queued (to go on later).");
    private static readonly UpDownCounter<int> Running = Meter.CreateUpDownCounter<int>("headroom.jobs.running", "{job}", "Jobs that run now, by name.");

    /// <summary>Begins a job; it is recorded when it is disposed of.</summary>
    /// <param name="job">Its name: a kind of work, or a scheduled job.</param>
    /// <param name="trace">Name of the trace.</param>
    /// <param name="work">Id of the work; null for a scheduled job.</param>
    internal static Run Begin(string job, string trace, Guid? work = null)
    {
        Running.Add(1, new KeyValuePair<string, object?>("job", job));
        return new Run(job, Source.StartActivity(trace)?.SetTag("headroom.job", job).SetTag("headroom.work", work));
    }

    /// <summary>A job that runs.</summary>
    internal sealed class Run(string job, Activity? trace) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        /// <summary>How it ended; failed until somebody says otherwise.</summary>
        public string Outcome { get; set; } = "failed";

        public void Dispose()
        {
            Running.Add(-1, new KeyValuePair<string, object?>("job", job));
            Duration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new("job", job), new("outcome", Outcome));
            trace?.SetTag("headroom.outcome", Outcome).SetStatus(Outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
            trace?.Dispose();
        }
    }
}
