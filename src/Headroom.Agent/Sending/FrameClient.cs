using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Headroom.Agent.Enrolment;
using Headroom.Telemetry.Wire;

namespace Headroom.Agent.Sending;

/// <summary>Speaks HTTP/2 with the server over TLS, else HTTP/1.1.</summary>
internal sealed class FrameClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public FrameClient(HttpMessageHandler handler, TimeSpan timeout, TimeProvider clock)
    {
        _http = new HttpClient(handler) { Timeout = timeout };
        _clock = clock;
    }

    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="TaskCanceledException">It did not answer in time.</exception>
    public async Task<FrameAnswer> SendAsync(AgentKey key, byte[] encoded, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(encoded);
        content.Headers.ContentType = new MediaTypeHeaderValue(FrameBatchCodec.ContentType);
        using var response = await PostAsync(key, IngestContract.FramesPath, content, cancellationToken);
        var body = response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync(WireJson.Default.IngestResponse, cancellationToken)
            : null;
        var isRotationWanted = response.Headers.TryGetValues(IngestContract.RotateHeader, out var values) && values.Contains(IngestContract.RotateWanted);
        return new FrameAnswer(response.StatusCode, body, RetryAfter(response), isRotationWanted);
    }

    /// <summary>Asks for a new key; null when the server gives none.</summary>
    public async Task<AgentKey?> RotateAsync(AgentKey key, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(key, IngestContract.RotatePath, null, cancellationToken);
        return response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync(WireJson.Default.EnrolResponse, cancellationToken) is { } fresh
            ? key with { Key = fresh.Key }
            : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> PostAsync(AgentKey key, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = Request(key, path, content);
        return await _http.SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage Request(AgentKey key, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(key.Server), path))
        {
            Content = content,
            Version = HttpVersion.Version20,

            // TLS negotiates HTTP/2. Without it there is nothing to negotiate with, and a server of HTTP/1.1 may hang on HTTP/2.
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(IngestContract.AuthenticationScheme, IngestContract.Credentials(key.AgentId, key.Key));
        return request;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > _clock.GetUtcNow() => date - _clock.GetUtcNow(),
        _ => null,
    };
}

/// <summary>What the server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Outcome">What became of the frames, when it succeeded.</param>
/// <param name="RetryAfter">How long the server asks to wait.</param>
/// <param name="IsRotationWanted">Whether it asks for a new key.</param>
internal sealed record FrameAnswer(HttpStatusCode Status, IngestResponse? Outcome, TimeSpan? RetryAfter, bool IsRotationWanted);
