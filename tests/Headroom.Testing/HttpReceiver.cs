using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Headroom.Testing;

/// <summary>A receiver of webhooks on a port of its own that answers as it is told, and keeps what it was sent.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<int> _answers;

    private HttpReceiver(WebApplication app, IEnumerable<int> answers) => (_app, _answers) = (app, new ConcurrentQueue<int>(answers));

    /// <summary>What came, in order; the names of headers in any case.</summary>
    public ConcurrentQueue<(string Body, IReadOnlyDictionary<string, string> Headers)> Received { get; } = [];

    /// <summary>Where to post.</summary>
    public string Address => $"{_app.Urls.First()}/hook";

    /// <summary>Starts a receiver; after the given answers it answers 200.</summary>
    public static async Task<HttpReceiver> StartAsync(params int[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HttpReceiver(builder.Build(), answers);
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Received.Enqueue((await reader.ReadToEndAsync(context.RequestAborted), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        context.Response.StatusCode = _answers.TryDequeue(out var answer) ? answer : StatusCodes.Status200OK;
        context.Response.Headers.Location = "http://169.254.169.254/";
    }
}
