using System.Security.Claims;
using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Web.Tests.Access;

/// <summary>What pages change: the hidden button is not the lock.</summary>
public sealed class PageActionsTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_page_does_is_refused_to_too_small_a_role_and_written_down()
    {
        var (did, name) = (false, $"{Guid.NewGuid():N}@example.org");
        var refused = await Assert.ThrowsAsync<NotAllowedException>(() => Of(name, PersonRole.Viewer).RunAsync(Policies.Operator, "CancelJob", "a job", _ => Task.FromResult(did = true)));
        Assert.Contains("operator", refused.Message, StringComparison.Ordinal);
        Assert.False(did);
        Assert.Equal([("CancelJob", "a job", "refused: not allowed", "192.0.2.7")], await EntriesAsync(name));
    }

    [Fact]
    public async Task What_a_page_does_is_written_down_with_how_it_ended()
    {
        var name = $"{Guid.NewGuid():N}@example.org";
        var actions = Of(name, PersonRole.Operator);
        Assert.Equal(name, await actions.RunAsync(Policies.Operator, "RetryJob", "a job", Task.FromResult));
        await Assert.ThrowsAsync<InvalidOperationException>(() => actions.RunAsync(Policies.Operator, "RetryJob", "another", Task<int> (_) => throw new InvalidOperationException("it has ended")));
        Assert.Equal([("RetryJob", "another", "failed: it has ended", "192.0.2.7"), ("RetryJob", "a job", "done", "192.0.2.7")], await EntriesAsync(name));
    }

    private PageActions Of(string name, PersonRole role)
    {
        var principal = new ClaimsPrincipal(Claims.Identity("a test", name, role, new Claim(Claims.From, "192.0.2.7")));
        return new PageActions(new Known(principal), server.Services.GetRequiredService<IAuthorizationService>(), server.Services.GetRequiredService<AuditLog>(), server.Services.GetRequiredService<IServiceScopeFactory>());
    }

    private async Task<IEnumerable<(string Action, string Subject, string Outcome, string? From)>> EntriesAsync(string name) =>
        (await server.Services.GetRequiredService<AuditLog>().ListAsync(null, name, 10, Cancellation)).Select(entry => (entry.Action, entry.Subject, entry.Outcome, entry.FromAddress));

    private sealed class Known(ClaimsPrincipal principal) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(principal));
    }
}
