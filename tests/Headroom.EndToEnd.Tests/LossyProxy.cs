using System.Net.Http.Json;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headroom.EndToEnd.Tests;

/// <summary>
/// A bad network between agent and server: every third answer to frames is lost after the server gave it, so that the agent sends
/// again what is stored already.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    private const int LosesEvery = 3;

    private readonly WebApplication _app;
    private readonly HttpClient _server = new();
    private int _answers;
    private long _duplicateFrames;

    private LossyProxy(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The server behind it.</summary>
    public Uri? Target { get; set; }

    /// <summary>Frames that the server said it had stored before.</summary>
    public long DuplicateFrames => Interlocked.Read(ref _duplicateFrames);

    public static async Task<LossyProxy> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var app = builder.Build();
        var proxy = new LossyProxy(app);
        app.Run(proxy.PassAsync);
        await app.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        using var answer = await AskAsync(http);
        if (answer is null)
        {
            http.Abort();
            return;
        }

        var body = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        if (http.Request.Path == IngestContract.FramesPath && answer.IsSuccessStatusCode)
        {
            var outcome = await answer.Content.ReadFromJsonAsync(WireJson.Default.IngestResponse, http.RequestAborted);
            Interlocked.Add(ref _duplicateFrames, outcome!.DuplicateFrames);
            if (Interlocked.Increment(ref _answers) % LosesEvery == 0)
            {
                http.Abort();
                return;
            }
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    private async Task<HttpResponseMessage?> AskAsync(HttpContext http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Target!, http.Request.Path)) { Content = new StreamContent(http.Request.Body) };
        foreach (var (name, value) in http.Request.Headers)
        {
            if (name is "Authorization")
            {
                request.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
            else if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        try
        {
            return await _server.SendAsync(request, http.RequestAborted);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
