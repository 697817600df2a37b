using Headroom.Jobs.Work;
using Headroom.Storage.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;

namespace Headroom.Web.Access;

/// <summary>A page was asked for something that its person may not do.</summary>
public sealed class NotAllowedException(string message) : Exception(message);

/// <summary>What a page changes for a person: allowed by the person's role, and written into the audit log with how it ended.</summary>
public sealed class PageActions
{
    private readonly AuthenticationStateProvider _state;
    private readonly IAuthorizationService _authorization;
    private readonly AuditLog _audit;
    private readonly IServiceScopeFactory _scopes;

    public PageActions(AuthenticationStateProvider state, IAuthorizationService authorization, AuditLog audit, IServiceScopeFactory scopes) =>
        (_state, _authorization, _audit, _scopes) = (state, authorization, audit, scopes);

    /// <param name="policy">Who may.</param>
    /// <param name="action">What, by the name that the API's endpoint has.</param>
    /// <param name="subject">On which object: its address below /api/v1, or words.</param>
    /// <param name="act">Does it, given who does.</param>
    /// <exception cref="NotAllowedException">This person may not.</exception>
    public async Task<T> RunAsync<T>(string policy, string action, string subject, Func<string, Task<T>> act)
    {
        var person = (await _state.GetAuthenticationStateAsync()).User;
        if (!(await _authorization.AuthorizeAsync(person, policy)).Succeeded)
        {
            await WriteAsync("refused: not allowed");
            throw new NotAllowedException($"{action} needs the role {policy}.");
        }

        try
        {
            var result = await act(person.Who());
            await WriteAsync("done");
            return result;
        }
        catch (Exception failure)
        {
            await WriteAsync($"failed: {failure.Message}");
            throw;
        }

        Task WriteAsync(string outcome) => _audit.WriteAsync(person.Who(), action, subject, person.CameFrom(), outcome, CancellationToken.None);
    }

    /// <summary>Asks for long work; the answer is its id. A circuit lives for hours, so the queue gets a scope of its own.</summary>
    public Task<Guid> EnqueueAsync(string action, string subject, string kind, object question) => RunAsync(Policies.Operator, action, subject, async who =>
    {
        await using var scope = _scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkQueue>().EnqueueAsync(kind, question, who, CancellationToken.None);
    });

    /// <summary>The same for what has no result.</summary>
    public Task RunAsync(string policy, string action, string subject, Func<string, Task> act) => RunAsync(policy, action, subject, async who =>
    {
        await act(who);
        return true;
    });
}
