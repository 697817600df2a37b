using System.Text.Json;
using Headroom.Jobs.Power;
using Headroom.Oversubscription.Power.Rows;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Power;

/// <summary>Simulations of a row: asked for here, followed while they run, shown when they have ended. Which one stands in the address.</summary>
public sealed partial class PowerPage
{
    private const int ShownEarlier = 8;

    private readonly PowerSimulationRequest _defaults = new();
    private int _servers;
    private int _provisioned;
    private double _weeks;
    private double _lowPercent;
    private int _seeds;
    private bool _starting;
    private int _ended;
    private string? _problem;

    /// <summary>The simulation to show; the newest that succeeded when there is none.</summary>
    [SupplyParameterFromQuery(Name = "job")]
    public Guid? Job { get; set; }

    /// <summary>The policy whose course is drawn.</summary>
    [SupplyParameterFromQuery(Name = "policy")]
    public string? Policy { get; set; }

    [Inject]
    private WorkStore Store { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnInitialized() =>
        (_servers, _provisioned, _weeks, _lowPercent, _seeds) = (_defaults.Servers, _defaults.Provisioned, _defaults.Weeks, _defaults.LowShare * 100, _defaults.Seeds);

    private async Task StartAsync()
    {
        var request = new PowerSimulationRequest { Servers = _servers, Provisioned = _provisioned, Weeks = _weeks, LowShare = _lowPercent / 100, Seeds = _seeds };
        _problem = request.Problems() is { Count: > 0 } problems ? string.Join("; ", problems) : null;
        if (_problem is not null)
        {
            return;
        }

        _starting = true;
        try
        {
            var id = await Actions.EnqueueAsync("SimulateRow", "a row", PowerSimulationKind.Name, request);
            Address.NavigateTo(Address.GetUriWithQueryParameters(new Dictionary<string, object?> { ["job"] = id, ["policy"] = null }));
        }
        finally
        {
            _starting = false;
        }
    }

    private Task EndedAsync()
    {
        _ended++;
        return Task.CompletedTask;
    }

    private async Task<PowerView> ReadAsync(CancellationToken cancellationToken)
    {
        var earlier = await Store.ListAsync(new WorkQuestion(PowerSimulationKind.Name, WorkState.Succeeded, null), ShownEarlier, cancellationToken);
        var shown = Job is { } id ? await Store.FindAsync(id, cancellationToken) : earlier.Count > 0 ? earlier[0] : null;
        var json = shown is { State: WorkState.Succeeded } ? await Store.ResultAsync(shown.WorkId, cancellationToken) : null;
        var answer = json is null ? null : JsonSerializer.Deserialize<PowerSimulationAnswer>(json, JsonSerializerOptions.Web);
        return new PowerView(shown?.WorkId, answer, shown?.FinishedAt, earlier);
    }

    private void Choose(string policy) => Address.NavigateTo(Address.GetUriWithQueryParameter("policy", policy), replace: true);
}

/// <summary>What the page shows.</summary>
/// <param name="WorkId">The simulation.</param>
/// <param name="Answer">Its answer; null while there is none.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Earlier">Simulations that succeeded, the newest first.</param>
public sealed record PowerView(Guid? WorkId, PowerSimulationAnswer? Answer, DateTimeOffset? FinishedAt, IReadOnlyList<WorkSummary> Earlier);
