using Microsoft.Extensions.Logging;
using Npgsql;

namespace Headroom.Storage.Registry;

/// <summary>Tells a process that some model's registry changed: at once by LISTEN, and by asking now and then in case the listening connection is away.</summary>
public sealed partial class ModelNews(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<ModelNews> logger)
{
    internal const string Channel = "headroom_models";

    /// <summary>Calls back once at the start, after every change, and at least once a period, until it is stopped.</summary>
    /// <param name="look">Looks what changed; may be called when nothing did.</param>
    /// <param name="period">How long to trust silence.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task FollowAsync(Func<CancellationToken, Task> look, TimeSpan period, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(look, period, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception away) when (away is NpgsqlException or IOException)
            {
                Lost(logger, away);
                await Task.Delay(period, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(Func<CancellationToken, Task> look, TimeSpan period, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            await look(cancellationToken).ConfigureAwait(false);
            await connection.WaitAsync(period, cancellationToken).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that announces new model versions was lost; connecting again")]
    private static partial void Lost(ILogger logger, Exception exception);
}
