using System.Net;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Headroom.Web.Tests.Access;

/// <summary>The real server, in this process, on a database of its own, where everybody signs in; with people of every role.</summary>
public sealed class GuardedServer(PostgresCluster cluster) : IAsyncLifetime
{
    public const string Password = "correct horse battery staple";

    private readonly PostgresDatabase _database = new(cluster);
    private readonly List<WebApplication> _more = [];
    private WebApplication? _host;

    public IServiceProvider Services => Host.Services;

    public Uri Address => AddressOf(Host);

    /// <summary>Everything the server has logged so far, at the finest level.</summary>
    public LogKeeper Log { get; } = new();

    private WebApplication Host => _host ?? throw new SkippedTestException("the server was not started");

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.IsThere)
        {
            _host = await StartAsync(_database.ConnectionString, Log, "--Headroom:RateLimit:RequestsPerAddress=1000000", "--Headroom:RateLimit:Requests=1000000", "--Headroom:RateLimit:SignInsPerAddress=1000000");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _more.Append(_host).OfType<WebApplication>())
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    /// <summary>Another server on the same database, with settings of its own.</summary>
    public async Task<Uri> StartAnotherAsync(params string[] settings)
    {
        var host = await StartAsync(_database.ConnectionString, Log, settings);
        _more.Add(host);
        return AddressOf(host);
    }

    /// <summary>A new person of a role.</summary>
    public async Task<PersonRow> PersonAsync(PersonRole role)
    {
        await using var scope = Services.CreateAsyncScope();
        var address = $"{role}-{Guid.NewGuid():N}@example.org".ToLowerInvariant();
        var person = new PersonRow { Id = Guid.NewGuid(), UserName = address, Email = address, Role = role, CreatedAt = TimeProvider.System.GetUtcNow() };
        var created = await scope.ServiceProvider.GetRequiredService<UserManager<PersonRow>>().CreateAsync(person, Password);
        Assert.True(created.Succeeded, string.Join(' ', created.Errors.Select(error => error.Description)));
        return person;
    }

    public async Task<NewApiKey> KeyAsync(PersonRow person, KeyScope scope, TimeSpan? lifetime = null) =>
        (await Services.GetRequiredService<ApiKeys>().CreateAsync(person.Id, "a test", scope, lifetime ?? TimeSpan.FromDays(1), 100, TestContext.Current.CancellationToken))!;

    /// <summary>A program that asks with the key of a new person of a role.</summary>
    public async Task<HttpClient> ProgramAsync(PersonRole role) => Program((await KeyAsync(await PersonAsync(role), (KeyScope)role)).Key);

    /// <summary>A program that asks with a key, or without one.</summary>
    public HttpClient Program(string? key = null) => Program(Address, key);

    public static HttpClient Program(Uri address, string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }

        return client;
    }

    /// <summary>A person's browser, as far as forms and cookies go.</summary>
    public FormBrowser Browser() => new(Address);

    private static async Task<WebApplication> StartAsync(string connectionString, LogKeeper log, params string[] settings)
    {
        var host = WebHost.Build(
            ["--urls", "http://127.0.0.1:0", $"--ConnectionStrings:Headroom={connectionString}", "--Headroom:Roles=web,ingest", "--Headroom:People:PasswordRounds=10000", .. settings],
            builder => builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter<LogKeeper>(null, LogLevel.Trace));
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static Uri AddressOf(WebApplication host) => new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}

/// <summary>What a program answered.</summary>
internal static class Answers
{
    public static bool IsRefusal(this HttpStatusCode status) => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}
