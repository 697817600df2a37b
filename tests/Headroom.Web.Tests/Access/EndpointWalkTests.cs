using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Headroom.Ingestion;
using Headroom.Storage.Model;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Web.Tests.Access;

/// <summary>Every door there is, tried by everybody: whatever the program maps is found here by itself.</summary>
public sealed partial class EndpointWalkTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    /// <summary>What needs no key of a person: it has keys of its own, or is how people come in.</summary>
    private static readonly HashSet<string> Open =
    [
        // The script of the API's page; the page itself and the description it shows are guarded.
        "/scalar/scalar.js", "/scalar/scalar.aspnetcore.js", "/scalar/favicon.svg",
        "/health/live", "/health/ready", "/sign-in", "/join", "/refused",
        IngestContract.FramesPath, IngestContract.EnrolPath, IngestContract.RotatePath, IngestionRegistration.OtlpPath, IngestionRegistration.RemoteWritePath,
    ];

    private IReadOnlyList<RouteEndpoint> Endpoints => [.. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Files that are not there, in a checkout; the framework maps it without a policy, so the fallback policy guards it.</summary>
    private const string MissingFile = "/{**path:file}";

    /// <summary>Making a key with a small key is refused whatever the role; it has a test of its own.</summary>
    private const string OwnKeys = "/api/v1/account/api-keys";

    private IReadOnlyList<RouteEndpoint> Guarded => [.. Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)];

    [Fact]
    public void Every_endpoint_has_a_policy_or_stands_in_the_list_of_open_ones()
    {
        Assert.True(Endpoints.Count > 100, $"found only {Endpoints.Count} endpoints");
        var bare = Endpoints.Where(endpoint => !IsAsset(endpoint) && LeastOf(endpoint) is null && !Open.Contains(PathOf(endpoint))).Select(PathOf);
        Assert.Equal([], bare);
        var opened = Endpoints.Where(endpoint => !IsAsset(endpoint) && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && !Open.Contains(PathOf(endpoint))).Select(PathOf);
        Assert.Equal([], opened);
    }

    [Fact]
    public void Changes_need_more_than_a_viewer_unless_they_are_ones_own_account()
    {
        var free = Guarded
            .Where(endpoint => endpoint.Metadata.GetMetadata<Headroom.Web.Access.Change>() is not null && LeastOf(endpoint) == PersonRole.Viewer)
            .Select(PathOf).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal([OwnKeys, $"{OwnKeys}/{{id:guid}}/revoke"], free);
    }

    [Fact]
    public void People_keys_schedules_forced_promotion_alert_channels_and_the_queues_are_for_administrators()
    {
        string[] prefixes = ["/api/v1/people", "/api/v1/invitations", "/api/v1/api-keys", "/api/v1/audit", "/hangfire", "/settings/people"];
        string[] changes = ["/api/v1/agents", "/api/v1/ingest-keys", "/api/v1/schedules", "/api/v1/alert-channels"];
        foreach (var endpoint in Guarded)
        {
            var (path, changed) = (PathOf(endpoint), endpoint.Metadata.GetMetadata<Headroom.Web.Access.Change>() is not null);
            if (prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) || path.EndsWith("/promote", StringComparison.Ordinal)
                || (changed && changes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))))
            {
                Assert.True(LeastOf(endpoint) == PersonRole.Administrator, $"{path} is for {LeastOf(endpoint)}");
            }
        }
    }

    [Fact]
    public async Task No_key_a_foreign_key_a_revoked_key_an_expired_key_and_the_key_of_somebody_disabled_open_nothing()
    {
        var person = await server.PersonAsync(PersonRole.Administrator);
        var revoked = await server.KeyAsync(person, KeyScope.Administer);
        await server.Services.GetRequiredService<Headroom.Storage.People.ApiKeys>().RevokeAsync(revoked.Id, null, TestContext.Current.CancellationToken);
        var expired = await server.KeyAsync(person, KeyScope.Administer, TimeSpan.FromTicks(1));
        var gone = await server.PersonAsync(PersonRole.Administrator);
        var left = await server.KeyAsync(gone, KeyScope.Administer);
        await server.PersonAsync(PersonRole.Administrator);
        await server.Services.GetRequiredService<Headroom.Storage.People.PeopleRegister>().SetDisabledAsync(gone.Id, true, TestContext.Current.CancellationToken);
        string?[] keys = [null, "hr_" + new string('x', 43), "hr_", revoked.Key, expired.Key, left.Key];
        foreach (var key in keys)
        {
            using var client = server.Program(key);
            await WalkAsync(client, Guarded, (endpoint, status) => status == HttpStatusCode.Unauthorized, $"with {(key is null ? "no key" : "a key that is not good")}");
        }
    }

    [Theory]
    [InlineData(PersonRole.Viewer)]
    [InlineData(PersonRole.Operator)]
    [InlineData(PersonRole.Administrator)]
    public async Task A_role_opens_what_it_may_and_nothing_more(PersonRole role)
    {
        using var client = await server.ProgramAsync(role);
        await WalkAsync(client, Guarded.Where(endpoint => PathOf(endpoint) != OwnKeys), (endpoint, status) => LeastOf(endpoint) > role ? status == HttpStatusCode.Forbidden : !status.IsRefusal(), $"as {role}");
    }

    [Fact]
    public async Task A_browser_without_a_session_is_led_to_the_sign_in_page_and_one_with_too_small_a_role_is_told()
    {
        using var stranger = server.Browser();
        using var viewer = server.Browser();
        await viewer.SignInAsync((await server.PersonAsync(PersonRole.Viewer)).Email!, GuardedServer.Password);
        Assert.True(await viewer.IsInAsync());
        foreach (var path in Guarded.Where(IsPage).Select(UrlOf).Distinct())
        {
            using var turned = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.Found, turned.StatusCode);
            Assert.StartsWith("/sign-in?back=", turned.Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        using var refused = await viewer.GetAsync("/settings/people");
        Assert.Equal("/refused", refused.Headers.Location!.ToString());
    }

    /// <summary>Asks every endpoint by every method it has, and gathers what answered otherwise than it should.</summary>
    private static async Task WalkAsync(HttpClient client, IEnumerable<RouteEndpoint> endpoints, Func<RouteEndpoint, HttpStatusCode, bool> isRight, string how)
    {
        var wrong = new List<string>();
        foreach (var endpoint in endpoints)
        {
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), UrlOf(endpoint));
                if (method is not ("GET" or "HEAD" or "OPTIONS"))
                {
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                }

                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                if (!isRight(endpoint, answer.StatusCode))
                {
                    wrong.Add($"{how}: {method} {endpoint.RoutePattern.RawText} answered {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>The least role that gets in; null where no policy of ours is named.</summary>
    private static PersonRole? LeastOf(RouteEndpoint endpoint)
    {
        if (PathOf(endpoint) == MissingFile)
        {
            return PersonRole.Administrator;
        }

        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).ToArray();
        return policies.Length == 0 || Array.Exists(policies, policy => policy is null) ? null : policies.Max(policy => Enum.Parse<PersonRole>(policy!, ignoreCase: true));
    }

    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null;

    private static string PathOf(RouteEndpoint endpoint) => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/').TrimEnd('/');

    private static string UrlOf(RouteEndpoint endpoint) => Parameter().Replace(PathOf(endpoint), match => match.Value switch
    {
        var text when text.Contains(":int", StringComparison.Ordinal) => "1",
        var text when text.Contains(":guid", StringComparison.Ordinal) => "00000000-0000-0000-0000-000000000001",
        var text when text.Contains("documentName", StringComparison.Ordinal) => "v1",
        _ => "x",
    });

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
