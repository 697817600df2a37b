using Hangfire;
using Headroom.Jobs.Work;
using Microsoft.Extensions.Logging;

namespace Headroom.Jobs.Scheduling;

/// <summary>What Hangfire calls: finds the job by its name, runs it, logs what it said.</summary>
public sealed partial class ScheduledJobRunner(IEnumerable<IScheduledJob> jobs, ILogger<ScheduledJobRunner> logger)
{
    /// <summary>Runs one job; what it says is kept with the run.</summary>
    /// <exception cref="InvalidOperationException">No job has this name: its schedule is older than this program.</exception>
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("{0}")]
    public async Task<string> RunAsync(string name, CancellationToken cancellationToken)
    {
        var job = jobs.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new InvalidOperationException($"no job is called '{name}'; there are {string.Join(", ", jobs.Select(candidate => candidate.Name))}");
        using var run = JobTelemetry.Begin(name, $"job {name}");
        var summary = await job.RunAsync(cancellationToken).ConfigureAwait(false);
        run.Outcome = "succeeded";
        Done(logger, name, summary);
        return summary;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: {Summary}")]
    private static partial void Done(ILogger logger, string job, string summary);
}
