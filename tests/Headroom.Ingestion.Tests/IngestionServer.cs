using System.Net.Http.Headers;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Telemetry.Wire;
using Headroom.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headroom.Ingestion.Tests;

/// <summary>The receivers in a real Kestrel on a free port, before a real database.</summary>
internal sealed class IngestionServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IngestionServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public Enrolment Enrolment => Services.GetRequiredService<Enrolment>();

    public static async Task<IngestionServer> StartAsync(PostgresDatabase database, Action<IngestionOptions>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.AddHeadroomStorage(database.ConnectionString);
        builder.AddHeadroomIngestion();
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        var app = builder.Build();
        app.UseRouting();
        app.MapHeadroomIngestion();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestionServer(app);
    }

    /// <summary>Enrols a new agent the way an agent does it.</summary>
    public async Task<EnrolResponse> EnrolAsync(string host)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var token = await Enrolment.CreateTokenAsync("test", TimeSpan.FromHours(1), cancellationToken);
        return await Enrolment.EnrolAsync(new EnrolRequest(token, host, host, "1.0", 1), cancellationToken) ?? throw new InvalidOperationException("not enrolled");
    }

    /// <summary>Posts a body with a key.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? bearer, string contentType, string? encoding = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
