using System.Text.Json;
using Hangfire;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Work;

/// <summary>What Hangfire calls: claims the work, keeps the claim alive while the kind runs, and writes how it ended.</summary>
public sealed partial class WorkRunner(
    IEnumerable<IWorkKind> kinds, IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock, IOptions<JobsOptions> options, ILogger<WorkRunner> logger)
{
    private static readonly string Worker = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Runs one piece of work, unless another worker holds it or it has ended. While the database is away it waits, then goes on from the checkpoint.</summary>
    [AutomaticRetry(Attempts = 0)]
    [JobDisplayName("work {0}")]
    public async Task RunAsync(Guid workId, CancellationToken stopping)
    {
        while (await RunOnceAsync(workId, stopping).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock, stopping).ConfigureAwait(false);
        }
    }

    private async Task<bool> RunOnceAsync(Guid workId, CancellationToken stopping)
    {
        var lease = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
        if (await WorkClaim.TakeAsync(contexts, clock, workId, Worker, lease, stopping).ConfigureAwait(false) is not { } claim)
        {
            NotTaken(logger, workId);
            return false;
        }

        using var run = JobTelemetry.Begin(claim.Kind, $"work {claim.Kind}", workId);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var context = new WorkContext(claim);
        using var beats = new CancellationTokenSource();
        var heart = BeatAsync(claim, context, lease, cancel, beats.Token);
        var (state, result, error) = await TryAsync(claim.Kind, context, cancel.Token).ConfigureAwait(false);
        run.Outcome = state.ToString().ToLowerInvariant();
        await beats.CancelAsync().ConfigureAwait(false);
        var last = await heart.ConfigureAwait(false);

        // Queued: the database went away under the work, so it is done again from its checkpoint.
        if (state == WorkState.Queued || (state == WorkState.Cancelled && last != Heartbeat.CancelRequested))
        {
            // Or the program stops, or the claim is lost; releasing a lost claim changes nothing.
            await DatabaseAway.WaitAsync(() => claim.ReleaseAsync(CancellationToken.None), lease, clock, stopping).ConfigureAwait(false);
            stopping.ThrowIfCancellationRequested();
            if (last == Heartbeat.Lost)
            {
                await claim.LogAsync($"{Worker} stopped: another worker took this work over, or it has ended; it published nothing", stopping).ConfigureAwait(false);
            }

            Ended(logger, claim.Kind, workId, state == WorkState.Queued ? "the database was away; going on from the checkpoint" : "another worker holds it");
            return state == WorkState.Queued;
        }

        var published = false;
        await DatabaseAway.WaitAsync(
            async () =>
            {
                // What it said last, perhaps after the last heartbeat.
                await claim.BeatAsync(context.Latest.Share, context.Latest.Message, lease, CancellationToken.None).ConfigureAwait(false);
                published = await claim.EndAsync(state, result, error, CancellationToken.None).ConfigureAwait(false);
            },
            lease,
            clock,
            stopping).ConfigureAwait(false);
        Ended(logger, claim.Kind, workId, published ? state.ToString() : "not published: another worker holds it");
        return false;
    }

    private async Task<(WorkState State, string? Result, string? Error)> TryAsync(string name, WorkContext context, CancellationToken cancellationToken)
    {
        try
        {
            var kind = kinds.FirstOrDefault(candidate => candidate.Name == name)
                ?? throw new WorkFailedException($"no kind of work is called '{name}'; this worker knows {string.Join(", ", kinds.Select(candidate => candidate.Name))}");
            var answer = await Task.Run(() => kind.RunAsync(context, cancellationToken), cancellationToken).ConfigureAwait(false);
            return (WorkState.Succeeded, JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (WorkState.Cancelled, null, null);
        }
        catch (WorkFailedException failure)
        {
            return (WorkState.Failed, null, failure.Message);
        }
        catch (Exception away) when (DatabaseAway.Is(away))
        {
            BeatFailed(logger, away, context.WorkId);
            return (WorkState.Queued, null, null);
        }
#pragma warning disable CA1031 // The edge of a job: whatever went wrong is its outcome.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            Unexpected(logger, unexpected, name, context.WorkId);
            return (WorkState.Failed, null, $"Something went wrong on the worker ({unexpected.GetType().Name}); its log holds the details under {context.WorkId}.");
        }
    }

    private async Task<Heartbeat> BeatAsync(WorkClaim claim, WorkContext context, TimeSpan lease, CancellationTokenSource cancel, CancellationToken done)
    {
        var beat = Heartbeat.Held;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock);
        try
        {
            while (beat == Heartbeat.Held && await timer.WaitForNextTickAsync(done).ConfigureAwait(false))
            {
                try
                {
                    var (share, message) = context.Latest;
                    beat = await claim.BeatAsync(share, message, lease, done).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is Npgsql.NpgsqlException or InvalidOperationException or TimeoutException)
                {
                    // The database is away for a moment; the lease decides whether the work is still ours when it is back.
                    BeatFailed(logger, failure, claim.WorkId);
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            return beat;
        }

        await cancel.CancelAsync().ConfigureAwait(false);
        return beat;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} {WorkId}: {Outcome}")]
    private static partial void Ended(ILogger logger, string kind, Guid workId, string outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "Work {WorkId} is held by another worker or has ended")]
    private static partial void NotTaken(ILogger logger, Guid workId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Kind} {WorkId} failed")]
    private static partial void Unexpected(ILogger logger, Exception exception, string kind, Guid workId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Work {WorkId} could not report that it lives")]
    private static partial void BeatFailed(ILogger logger, Exception exception, Guid workId);
}
