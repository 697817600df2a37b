using System.Diagnostics;
using System.Globalization;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Sends requests to a server and holds it to the three laws: it answers in time, never with an error of its own, and without more and more memory.</summary>
/// <param name="web">The server.</param>
/// <param name="client">Client whose base address it is.</param>
internal sealed class FuzzedServer(WebProgram web, HttpClient client)
{
    /// <summary>Longer than anything takes on a loaded machine: what has not answered by then hangs.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What the server may hold beyond what it held after one round of valid requests: the receivers' budget of 256 MiB, the same again for
    /// what is made of it, and the slack of a collector with a limit, and native memory beside it.
    /// </summary>
    private const long MostGrowthBytes = 1_024L << 20;

    private readonly SortedDictionary<string, SortedDictionary<int, int>> _answers = new(StringComparer.Ordinal);
    private readonly long _before = web.ResidentBytes;
    private long _most;

    public long Requests { get; private set; }

    /// <summary>Requests, statuses by way in, memory.</summary>
    public string Report => string.Create(CultureInfo.InvariantCulture, $"{Requests} requests, memory {_before >> 20} MiB before, {_most >> 20} MiB at most, {web.ResidentBytes >> 20} MiB after\n")
        + string.Join('\n', _answers.Select(target => $"{target.Key}: {string.Join(", ", target.Value.Select(status => $"{status.Value} x {status.Key}"))}"));

    /// <summary>Sends one request and says what law its answer breaks; null for none.</summary>
    public async Task<string?> SendAsync(string target, FuzzRequest request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Hang);
        try
        {
            using var message = request.Message();
            using var response = await client.SendAsync(message, limit.Token);
            var said = await response.Content.ReadAsStringAsync(limit.Token);
            Count(target, (int)response.StatusCode);
            _most = Math.Max(_most, web.ResidentBytes);
            return (int)response.StatusCode switch
            {
                503 when said.Contains("urn:headroom:", StringComparison.Ordinal) => null, // Something that it needs is not there, and it says what.
                >= 500 => $"answered {(int)response.StatusCode}: {said}",
                _ when _most - _before > MostGrowthBytes => string.Create(CultureInfo.InvariantCulture, $"held {_most >> 20} MiB, {_before >> 20} MiB before"),
                _ => null,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"did not answer within {Stopwatch.GetElapsedTime(started)}";
        }
        catch (HttpRequestException) when (!web.HasExited)
        {
            // A refusal that closes the connection while the body is still being sent.
            Count(target, 0);
            return null;
        }
        catch (HttpRequestException failure)
        {
            return $"the server ended: {failure.Message}";
        }
    }

    private void Count(string target, int status)
    {
        Requests++;
        var statuses = _answers.TryGetValue(target, out var known) ? known : _answers[target] = [];
        statuses[status] = statuses.GetValueOrDefault(status) + 1;
    }
}
