using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headroom.Cli.Commands.Up;

/// <summary>Waits until the programs do what they were started for.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the server's readiness check.</summary>
    public static async Task WaitForHealthAsync(Uri address, ChildProgram web, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        await PollAsync("the server to answer /health/ready", [web], async token =>
        {
            using var response = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), token);
            return response.IsSuccessStatusCode ? "ready" : null;
        }, cancellationToken);
    }

    /// <summary>Waits until a host sends a frame of now; returns its name.</summary>
    public static async Task<string> WaitForFramesAsync(Uri address, IReadOnlyList<ChildProgram> programs, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        var since = TimeProvider.System.GetUtcNow();
        return await PollAsync("the first frames", programs, async token => await LiveHostsAsync(client, since, token) is [var first, ..] ? first : null, cancellationToken);
    }

    /// <summary>Waits until hosts whose names begin so send frames of now; returns how many do.</summary>
    public static async Task<string> WaitForHostsAsync(Uri address, string prefix, IReadOnlyList<ChildProgram> programs, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        var since = TimeProvider.System.GetUtcNow();
        return await PollAsync($"frames of hosts called {prefix}*", programs, async token =>
        {
            var live = (await LiveHostsAsync(client, since, token)).Count(name => name.StartsWith(prefix, StringComparison.Ordinal));
            return live > 0 ? live.ToString(CultureInfo.InvariantCulture) : null;
        }, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> LiveHostsAsync(HttpClient client, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var hosts = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/hosts", UriKind.Relative), cancellationToken);
        var list = hosts.ValueKind == JsonValueKind.Array ? hosts : hosts.GetProperty("items");
        return
        [
            .. list.EnumerateArray()
                .Where(host => host.TryGetProperty("lastFrameAt", out var seen) && seen.ValueKind == JsonValueKind.String && seen.GetDateTimeOffset() > since)
                .Select(host => host.GetProperty("name").GetString()!),
        ];
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
