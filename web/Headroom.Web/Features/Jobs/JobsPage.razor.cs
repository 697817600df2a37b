using System.Globalization;
using Headroom.Jobs.Models;
using Headroom.Jobs.Work;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Web.Api;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Headroom.Web.Features.Jobs;

/// <summary>Every job, the newest first; the filters stand in the address.</summary>
public sealed partial class JobsPage
{
    private const int PageSize = 50;

    /// <summary>Only this kind.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>Only this state.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Only asked for before this time, Unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    /// <summary>Only what is about this model.</summary>
    [SupplyParameterFromQuery(Name = "model")]
    public string? Model { get; set; }

    /// <summary>Only with this text.</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? Search { get; set; }

    [Inject]
    private IEnumerable<IServedModel> Served { get; set; } = null!;

    [Inject]
    private WorkStore Store { get; set; } = null!;

    [Inject]
    private IEnumerable<IWorkKind> WorkKinds { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IEnumerable<string> Models => Served.Select(model => model.Name).Order(StringComparer.Ordinal);

    private IEnumerable<string> Kinds => WorkKinds.Select(kind => kind.Name).Order(StringComparer.Ordinal);

    private Task<IReadOnlyList<WorkSummary>> ReadAsync(CancellationToken cancellationToken) => Store.ListAsync(
        new WorkQuestion(
            string.IsNullOrEmpty(Kind) ? null : Kind,
            Enum.TryParse<WorkState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
            Instants.Clamped(Before),
            string.IsNullOrEmpty(Model) ? null : Model,
            Search)
        {
            ModelKinds = [.. WorkKinds.Where(kind => kind.Model == Model).Select(kind => kind.Name)],
        },
        PageSize,
        cancellationToken);

    private string ApiCall => QueryHelpers.AddQueryString("/api/v1/jobs", new Dictionary<string, string?>
    {
        ["kind"] = Kind,
        ["state"] = State,
        ["model"] = Model,
        ["search"] = Search,
        ["before"] = Instants.Clamped(Before)?.ToString("O", CultureInfo.InvariantCulture),
        ["limit"] = PageSize.ToString(CultureInfo.InvariantCulture),
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private double? Seconds(WorkSummary job) => job.StartedAt is { } started ? ((job.FinishedAt ?? Clock.GetUtcNow()) - started).TotalSeconds : null;

    private void Go(string name, string? value) => Address.NavigateTo(
        Address.GetUriWithQueryParameters(new Dictionary<string, object?> { [name] = string.IsNullOrEmpty(value) ? null : value, ["before"] = null }));
}
