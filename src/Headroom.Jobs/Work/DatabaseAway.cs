using Npgsql;

namespace Headroom.Jobs.Work;

/// <summary>A database that restarts or cannot be reached for a moment.</summary>
internal static class DatabaseAway
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether a failure says so, itself or as the cause of another.</summary>
    public static bool Is(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is NpgsqlException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Does something as soon as the database is back; gives up, with its failure, after a while.</summary>
    public static async Task WaitAsync(Func<Task> act, TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
            catch (Exception away) when (Is(away) && clock.GetElapsedTime(started) < limit && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
