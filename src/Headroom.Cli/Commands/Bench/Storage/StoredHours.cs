using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Storage;
using Headroom.Storage.Maintenance;
using Headroom.Storage.Model;
using Headroom.Storage.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary>Stores hours of a looped recording as the platform does while they pass: frames, partitions, roll-ups, compaction of every hour that is over.</summary>
internal static class StoredHours
{
    private const int SecondsPerBatch = 300;

    /// <summary>Stores whole hours up to a time and returns how many values they hold, and the host's id.</summary>
    public static async Task<(int HostId, long Values)> StoreAsync(
        string connectionString, LoopedRecording recording, int hours, DateTimeOffset end, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var start = end.AddHours(-hours);
        var clock = new SteppedClock(start);
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddHeadroomStorage(connectionString).BuildServiceProvider();
        var (agent, host) = await AddAgentAsync(services, start, cancellationToken);
        var writer = services.GetRequiredService<TelemetryWriter>();
        long values = 0;
        for (var hour = 0; hour < hours; hour++)
        {
            await services.GetRequiredService<PartitionMaintenance>().EnsureAsync(cancellationToken);
            for (var second = 0; second < 3600; second += SecondsPerBatch)
            {
                clock.Now = start.AddHours(hour).AddSeconds(second + SecondsPerBatch);
                var batch = recording.Batch(agent, (hour * 3600L) + second, SecondsPerBatch, start);
                values += batch.Frames.Sum(frame => frame.Samples.Sum(sample => (long)sample.Values.PresentCount));
                await writer.WriteAsync([batch], cancellationToken);
                progress.Report(((hour * 3600.0) + second) / (hours * 3600));
            }

            // The hour is over and its late frames had their time.
            clock.Now = start.AddHours(hour + 1).AddMinutes(15);
            await services.GetRequiredService<RollUp>().RunAsync(cancellationToken);
            await services.GetRequiredService<Compaction>().RunAsync(cancellationToken);
        }

        progress.Report(1);
        return (host, values);
    }

    private static async Task<(Guid Agent, int Host)> AddAgentAsync(ServiceProvider services, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var context = await services.GetRequiredService<IDbContextFactory<HeadroomDbContext>>().CreateDbContextAsync(cancellationToken);
        var host = await context.FindOrAddHostAsync("bench-recording", "bench-recording", at, cancellationToken);
        var agent = new AgentRow { AgentId = Guid.CreateVersion7(), HostId = host, Source = "headroom-agent", EnrolledAt = at };
        context.Agents.Add(agent);
        await context.SaveChangesAsync(cancellationToken);
        return (agent.AgentId, host);
    }
}
