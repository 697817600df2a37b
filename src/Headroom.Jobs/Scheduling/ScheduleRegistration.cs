using Hangfire.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Scheduling;

/// <summary>Brings Hangfire's recurring jobs in line with the table of schedules, and with what people changed, when the program starts.</summary>
internal sealed partial class ScheduleRegistration(IServiceScopeFactory scopes, IOptions<JobsOptions> options, TimeProvider clock, ILogger<ScheduleRegistration> logger) : IHostedService
{
    /// <summary>So many times the age at which a lock counts as left behind: whatever holds it then is alive and stuck.</summary>
    private const double Patience = 3;

    /// <exception cref="DistributedLockTimeoutException">A lock is held by a living program that does not give it back.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        var board = scope.ServiceProvider.GetRequiredService<ScheduleBoard>();
        while (true)
        {
            try
            {
                await board.ApplyAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DistributedLockTimeoutException held) when (clock.GetElapsedTime(started) < TimeSpan.FromSeconds(Patience * options.Value.LockSeconds) && !cancellationToken.IsCancellationRequested)
            {
                // Hangfire has waited a while already; a lock that was left behind is soon old enough to be taken.
                Held(logger, held.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason} A program that was killed may have left it behind; trying again")]
    private static partial void Held(ILogger logger, string reason);
}
