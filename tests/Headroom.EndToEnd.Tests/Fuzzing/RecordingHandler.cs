namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Keeps every request that changes or asks with a body.</summary>
internal sealed class RecordingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<FuzzRequest> _kept = [];

    public IReadOnlyList<FuzzRequest> Kept => _kept;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        if (request.Method != HttpMethod.Get)
        {
            _kept.Add(new FuzzRequest(request.Method, request.RequestUri!.PathAndQuery, request.Content?.Headers.ContentType?.ToString(), body));
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
