using System.Globalization;
using Headroom.Client;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Up;

/// <summary>Waits until the programs do what they were started for.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the server's readiness check.</summary>
    public static async Task WaitForHealthAsync(Uri address, ChildProgram web, CancellationToken cancellationToken)
    {
        using var client = HeadroomClient.Connect(address);
        await PollAsync("the server to answer /health/ready", [web], async token => await client.IsReadyAsync(token) ? "ready" : null, cancellationToken);
    }

    /// <summary>Waits until a host sends a frame of now; returns its name.</summary>
    public static async Task<string> WaitForFramesAsync(IServiceProvider store, IReadOnlyList<ChildProgram> programs, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetUtcNow();
        return await PollAsync("the first frames", programs, async token => await LiveHostsAsync(store, since, token) is [var first, ..] ? first : null, cancellationToken);
    }

    /// <summary>Waits until hosts whose names begin so send frames of now; returns how many do.</summary>
    public static async Task<string> WaitForHostsAsync(IServiceProvider store, string prefix, IReadOnlyList<ChildProgram> programs, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetUtcNow();
        return await PollAsync($"frames of hosts called {prefix}*", programs, async token =>
        {
            var live = (await LiveHostsAsync(store, since, token)).Count(name => name.StartsWith(prefix, StringComparison.Ordinal));
            return live > 0 ? live.ToString(CultureInfo.InvariantCulture) : null;
        }, cancellationToken);
    }

    /// <summary>Asked of the store: the server answers only those who have come in.</summary>
    private static async Task<IReadOnlyList<string>> LiveHostsAsync(IServiceProvider store, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await store.GetRequiredService<IDbContextFactory<HeadroomDbContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Hosts.AsNoTracking()
            .Where(host => context.AgentEpochs.Any(epoch => epoch.HostId == host.HostId && epoch.LastFrameAt > since))
            .OrderBy(host => host.HostId).Select(host => host.Name).ToListAsync(cancellationToken);
    }

    private static async Task<string> PollAsync(string what, IReadOnlyList<ChildProgram> programs, Func<CancellationToken, Task<string?>> probe, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            while (true)
            {
                if (programs.FirstOrDefault(program => program.HasExited) is { } ended)
                {
                    throw new UpException($"The {ended.Name} ended while waiting for {what}. The end of {ended.LogFile}:\n{ended.LogTail()}");
                }

                try
                {
                    if (await probe(limit.Token) is { } answer)
                    {
                        return answer;
                    }
                }
                catch (HttpRequestException)
                {
                    // Not listening yet: ask again.
                }

                await Task.Delay(Pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UpException($"Waited {Limit.TotalSeconds:F0} s for {what} in vain. The end of {programs[^1].LogFile}:\n{programs[^1].LogTail()}");
        }
    }
}
