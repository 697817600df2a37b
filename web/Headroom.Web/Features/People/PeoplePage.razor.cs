using Headroom.Storage.Model;
using Headroom.Storage.People;
using Headroom.Web.Access;
using Headroom.Web.Api.People;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Features.People;

/// <summary>People, roles, invitations, keys and the audit log; where in the log stands in the address.</summary>
public sealed partial class PeoplePage
{
    private const int PageSize = 50;

    private LoadState<PeopleView>? _list;
    private bool _inviting;
    private string _address = "";
    private PersonRole _role = PersonRole.Viewer;
    private NewInvitation? _link;
    private string? _failure;
    private int _changes;

    /// <summary>Only entries of the log with this text.</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    /// <summary>Only entries of the log older than this one.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    [Inject]
    private PeopleRegister People { get; set; } = null!;

    [Inject]
    private Invitations Invitations { get; set; } = null!;

    [Inject]
    private ApiKeys Keys { get; set; } = null!;

    [Inject]
    private AuditLog Audit { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private IOptions<PeopleOptions> Limits { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private async Task<PeopleView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var invitations = (await Invitations.ListAsync(cancellationToken)).Select(row => InvitationAnswer.Of(row, now));
        var keys = (await Keys.ListAsync(null, cancellationToken)).Select(key => ApiKeyAnswer.Of(key, now));
        return new PeopleView(await People.ListAsync(cancellationToken), [.. invitations.Where(invitation => invitation.State == "open")], [.. keys]);
    }

    private async Task<IReadOnlyList<AuditAnswer>> ReadAuditAsync(CancellationToken cancellationToken) =>
        [.. (await Audit.ListAsync(Before, Search, PageSize, cancellationToken)).Select(AuditAnswer.Of)];

    private Task InviteAsync() => DoAsync(async () => _link = await Actions.RunAsync(
        Policies.Administrator, "Invite", _address.Trim(), who => Invitations.CreateAsync(_address.Trim(), _role, who, Limits.Value.InvitationLifetime, CancellationToken.None)));

    private Task TakeBackAsync(Guid id) => DoAsync(() => Actions.RunAsync(
        Policies.Administrator, "RevokeInvitation", $"/api/v1/invitations/{id}", _ => Invitations.RevokeAsync(id, CancellationToken.None)));

    private Task RevokeKeyAsync(Guid id) => DoAsync(() => Actions.RunAsync(
        Policies.Administrator, "RevokeApiKey", $"/api/v1/api-keys/{id}", _ => Keys.RevokeAsync(id, null, CancellationToken.None)));

    private Task SetRoleAsync(ListedPerson person, PersonRole role) => DoAsync(() => Actions.RunAsync(
        Policies.Administrator, "SetRole", person.Address, async _ => Checked(await People.SetRoleAsync(person.Id, role, CancellationToken.None))));

    private Task SetDisabledAsync(ListedPerson person, bool disabled) => DoAsync(() => Actions.RunAsync(
        Policies.Administrator, disabled ? "DisablePerson" : "EnablePerson", person.Address, async _ => Checked(await People.SetDisabledAsync(person.Id, disabled, CancellationToken.None))));

    /// <summary>A change that was not made is an error with its reason.</summary>
    private static PersonChange Checked(PersonChange change) => change switch
    {
        PersonChange.LastAdministrator => throw new ArgumentException("Nobody else could administer afterwards; make somebody else administrator first."),
        PersonChange.NoSuchPerson => throw new ArgumentException("This person is not here any more."),
        _ => change,
    };

    private async Task DoAsync(Func<Task> act)
    {
        _failure = null;
        try
        {
            await act();
        }
        catch (ArgumentException wrong)
        {
            _failure = wrong.Message;
        }

        _changes++;
        await (_list?.ReloadAsync() ?? Task.CompletedTask);
    }

    private void OpenForm() => (_inviting, _link, _address) = (true, null, "");

    private void CloseForm() => (_inviting, _link, _address) = (false, null, "");

    private void Go(string? search, long? before) => Address.NavigateTo(Address.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(), ["before"] = before }));
}

/// <summary>What the page shows.</summary>
internal sealed record PeopleView(IReadOnlyList<ListedPerson> People, IReadOnlyList<InvitationAnswer> Invitations, IReadOnlyList<ApiKeyAnswer> Keys);
