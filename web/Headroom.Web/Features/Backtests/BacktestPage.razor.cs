using Headroom.Jobs.Backtests;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Traces;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Headroom.Web.Features.Backtests;

/// <summary>Asks for replays and shows them; the one that is shown stands in the address.</summary>
public sealed partial class BacktestPage
{
    private readonly HashSet<string> _chosen = [.. PeakPredictors.All.Select(predictor => predictor.Name)];
    private string _trace = "planetlab";
    private Resource _resource = Resource.Cpu;
    private double _riskPercent = 1;
    private double _horizonHours = 1;
    private int _vmsPerHost = HostGrouping.DefaultVmsPerHost;
    private int _seed = 1;
    private string? _csv;
    private string? _csvName;
    private string? _failure;
    private Guid? _ended;

    /// <summary>The job that is shown.</summary>
    [SupplyParameterFromQuery(Name = "job")]
    public Guid? Work { get; set; }

    [Inject]
    private BacktestReader Reader { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    private IReadOnlyList<Resource> Resources => NamedTraces.All.FirstOrDefault(named => named.Name == _trace)?.Resources ?? Enum.GetValues<Resource>();

    private void Choose(string predictor, bool isChosen)
    {
        if (isChosen)
        {
            _chosen.Add(predictor);
        }
        else
        {
            _chosen.Remove(predictor);
        }
    }

    private async Task TakeAsync(InputFileChangeEventArgs change)
    {
        (_failure, _csv, _csvName) = (null, null, null);
        if (change.File.Size > BacktestQuestion.LongestCsv)
        {
            _failure = $"The file has {change.File.Size} bytes; at most {BacktestQuestion.LongestCsv} are taken.";
            return;
        }

        using var reader = new StreamReader(change.File.OpenReadStream(BacktestQuestion.LongestCsv));
        _csv = await reader.ReadToEndAsync();
        _csvName = change.File.Name;
    }

    private async Task AskAsync()
    {
        // A trace without memory may have been picked after the resource.
        var resource = Resources.Contains(_resource) ? _resource : Resource.Cpu;
        string[] predictors = [.. PeakPredictors.All.Select(predictor => predictor.Name).Where(_chosen.Contains)];
        var question = new BacktestQuestion(_trace, resource, _riskPercent / 100, _horizonHours, _vmsPerHost, _seed, predictors, _trace == BacktestQuestion.OwnCsv ? _csv : null);
        _failure = question.Problem();
        if (_failure is not null)
        {
            return;
        }

        var id = await Actions.EnqueueAsync("StartBacktest", _trace, BacktestQuestion.Kind, question);
        Address.NavigateTo($"/backtests?job={id}");
    }

    private void Ended(WorkSummary work) => _ended = work.State == Headroom.Storage.Model.WorkState.Succeeded ? work.WorkId : null;
}
