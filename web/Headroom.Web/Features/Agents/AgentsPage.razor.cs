using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Web.Access;
using Headroom.Web.Api.Agents;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Agents;

/// <summary>Who may send: enrol, rotate, revoke. A secret is shown once, when it is made.</summary>
public sealed partial class AgentsPage
{
    private const int MaxShown = 1_000;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);

    private LoadState<AgentsView>? _list;
    private Form _form;
    private string? _note;
    private int _machines = 1;
    private string? _command;
    private Guid? _revoking;

    private enum Form
    {
        None,
        Agent,
        IngestKey,
    }

    [Inject]
    private Enrolment Enrolment { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private static Meaning MeaningOf(string state) => state switch
    {
        "live" => Meaning.Good,
        "silent" => Meaning.Bad,
        "waiting" => Meaning.Calm,
        _ => Meaning.None,
    };

    private async Task<AgentsView> ReadAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var agents = await Enrolment.ListAgentsAsync(0, MaxShown, cancellationToken);
        var tokens = await Enrolment.ListTokensAsync(cancellationToken);
        return new AgentsView(
            [.. agents.Select(agent => AgentAnswer.Of(agent, now))],
            [.. tokens.Where(token => token.UsesLeft > 0 && token.ExpiresAt > now)],
            await Enrolment.ListIngestKeysAsync(cancellationToken));
    }

    private async Task CreateAsync()
    {
        if (string.IsNullOrWhiteSpace(_note))
        {
            return;
        }

        var server = Address.BaseUri.TrimEnd('/');
        _command = _form == Form.Agent
            ? AgentsApi.EnrolCommand(server, await Actions.RunAsync(
                Policies.Administrator, "CreateEnrolmentToken", _note, _ => Enrolment.CreateTokenAsync(_note, TokenLifetime, CancellationToken.None, Math.Clamp(_machines, 1, AgentsApi.MaxUses))))
            : RemoteWrite(server, await Actions.RunAsync(Policies.Administrator, "CreateIngestKey", _note, _ => Enrolment.CreateIngestKeyAsync(_note, CancellationToken.None)));
        await ReloadAsync();
    }

    private static string RemoteWrite(string server, NewIngestKey key) => $"""
        remote_write:
          - url: {server}{IngestionRegistration.RemoteWritePath}
            authorization:
              credentials: {key.BearerToken}
        """;

    private async Task RotateAsync(Guid agent)
    {
        await Actions.RunAsync(Policies.Administrator, "RotateAgentKey", $"/api/v1/agents/{agent}", _ => Enrolment.RequestRotationAsync(agent, CancellationToken.None));
        await ReloadAsync();
    }

    private async Task RevokeAsync(Guid agent)
    {
        _revoking = null;
        await Actions.RunAsync(Policies.Administrator, "RevokeAgent", $"/api/v1/agents/{agent}", _ => Enrolment.RevokeAgentAsync(agent, CancellationToken.None));
        await ReloadAsync();
    }

    private async Task RevokeKeyAsync(Guid key)
    {
        await Actions.RunAsync(Policies.Administrator, "RevokeIngestKey", $"/api/v1/ingest-keys/{key}", _ => Enrolment.RevokeIngestKeyAsync(key, CancellationToken.None));
        await ReloadAsync();
    }

    private void CloseForm() => (_form, _note, _machines, _command) = (Form.None, null, 1, null);

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;
}

/// <summary>What the page shows.</summary>
internal sealed record AgentsView(IReadOnlyList<AgentAnswer> Agents, IReadOnlyList<ListedToken> OpenTokens, IReadOnlyList<ListedIngestKey> Keys);
