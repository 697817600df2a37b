using Headroom.Storage.Registry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Models;

/// <summary>Keeps every model of this process at the champion of the registry.</summary>
internal sealed partial class ModelServing(IEnumerable<IServedModel> models, ModelNews news, IOptions<ModelOptions> options, ILogger<ModelServing> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => news.FollowAsync(RefreshAsync, TimeSpan.FromSeconds(options.Value.PollSeconds), stoppingToken), stoppingToken);

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        foreach (var model in models)
        {
            try
            {
                await model.RefreshAsync(cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // One model that cannot be refreshed must not keep the others from it; the next look comes soon.
            catch (Exception failure) when (failure is not OperationCanceledException and not Npgsql.NpgsqlException)
#pragma warning restore CA1031
            {
                Failed(logger, failure, model.Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Model}: the registry could not be asked for its champion")]
    private static partial void Failed(ILogger logger, Exception exception, string model);
}
