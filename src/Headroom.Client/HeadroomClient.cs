using System.Net.Http.Headers;
using Headroom.Client.Hosts;
using Headroom.Client.Jobs;
using Headroom.Client.Predictions;
using Headroom.Client.Series;

namespace Headroom.Client;

/// <summary>
/// The REST API as C#: a group per feature, answers as records, refusals as <see cref="ApiProblemException"/>. What has no method of its
/// own is reached with <see cref="Calls"/>. Safe to use from many threads, as the <see cref="HttpClient"/> beneath is.
/// </summary>
public sealed class HeadroomClient : IDisposable
{
    private readonly HttpClient? _own;

    /// <summary>Uses a client whose base address is the server; the caller disposes of it.</summary>
    public HeadroomClient(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http.BaseAddress, nameof(http));
        Calls = new ApiCalls(http);
        Hosts = new HostCalls(Calls);
        Series = new SeriesCalls(Calls);
        Jobs = new JobCalls(Calls);
        Predictions = new PredictionCalls(Calls);
    }

    private HeadroomClient(HttpClient http, bool owns)
        : this(http) => _own = owns ? http : null;

    /// <summary>Any address of the API.</summary>
    public ApiCalls Calls { get; }

    /// <summary>Measured machines and what runs on them.</summary>
    public HostCalls Hosts { get; }

    /// <summary>Values over time.</summary>
    public SeriesCalls Series { get; }

    /// <summary>Long work.</summary>
    public JobCalls Jobs { get; }

    /// <summary>What neighbours cost.</summary>
    public PredictionCalls Predictions { get; }

    /// <summary>Connects to a server.</summary>
    /// <param name="server">Its address, for example <c>http://localhost:8080</c>.</param>
    /// <param name="key">A bearer key, where the server wants one.</param>
    public static HeadroomClient Connect(Uri server, string? key = null)
    {
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return new HeadroomClient(http, owns: true);
    }

    /// <summary>Whether the server can do its work: it runs and its database answers.</summary>
    /// <exception cref="HttpRequestException">Nobody listens there.</exception>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Calls.SucceedsAsync("/health/ready", cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _own?.Dispose();
}
