using System.Text.Json;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Fpga.Sweeps;
using Headroom.Jobs.Fpga;
using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Headroom.Web.Features.Fpga;

/// <summary>A sweep over precision, reuse and strategy, run as a job, and its picture.</summary>
public sealed partial class FpgaTradeOffs
{
    private int _from = 6;
    private int _to = 16;
    private int _factors = 24;
    private Guid? _work;
    private bool _ended;
    private SweepAnswer? _answer;
    private (string Network, string Board) _asked;
    private object _option = new();
    private string? _problem;

    [Parameter, EditorRequired]
    public DesignAssessment Design { get; set; } = null!;

    [Parameter, EditorRequired]
    public FpgaChoice Choice { get; set; } = new();

    [Parameter]
    public EventCallback<FpgaChoice> OnChange { get; set; }

    [Inject]
    private WorkStore Store { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private int Count => Precisions.Count * SweepSpace.ReuseFactorsOf(Design.Network, Math.Clamp(_factors, 1, 200)).Count * 2;

    private List<string> Precisions => [.. Enumerable.Range(Math.Clamp(_from, 2, 32), Math.Clamp(_to - _from + 1, 1, 31)).Select(bits => new FixedPoint(bits, Math.Min(Choice.Precision.IntegerBits, bits)).ToString())];

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        // Another network or board: the picture is of something else now.
        if (_work is not null && _asked != (Design.Network.Name, Choice.Board))
        {
            (_answer, _work) = (null, null);
        }

        if (_answer is { } answer)
        {
            _option = TradeOffChart.Option(answer, Design);
        }
    }

    private async Task StartAsync()
    {
        var request = new SweepRequest
        {
            Network = NetworkDocument.Write(Design.Network),
            Configuration = Hls4mlYamlWriter.Write(Design.Network, Design.Configuration),
            Precisions = Precisions,
            ReuseFactors = SweepSpace.ReuseFactorsOf(Design.Network, Math.Clamp(_factors, 1, 200)),
            Strategies = [nameof(HlsStrategy.Latency), nameof(HlsStrategy.Resource)],
            Boards = [Choice.Board],
        };
        _problem = null;
        _answer = null;
        _ended = false;
        _asked = (Design.Network.Name, Choice.Board);
        _work = await Actions.EnqueueAsync("SweepFpga", Choice.Board, FpgaSweepWork.KindName, request);
    }

    private async Task EndedAsync(WorkSummary work)
    {
        _ended = true;
        if (work.State == WorkState.Succeeded && await Store.ResultAsync(work.WorkId, CancellationToken.None) is { } result)
        {
            _answer = JsonSerializer.Deserialize<SweepAnswer>(result, JsonSerializerOptions.Web);
            _option = TradeOffChart.Option(_answer!, Design);
        }
    }

    private Task ChooseAsync((string Series, int Index) item) =>
        _answer is { } answer && TradeOffChart.PointOf(answer, item.Series, item.Index) is { } point ? TakeAsync(point) : Task.CompletedTask;

    private async Task SaveAsync()
    {
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/save.js");
        await module.InvokeVoidAsync("save", "fpga-designs.csv", "text/csv", FpgaCsv.Write(_answer!));
    }

    private bool IsChosen(SweepAnswerPoint point) =>
        Choice.Layers.Count == 0 && point.ReuseFactor == Choice.ReuseFactor && point.Strategy == Choice.Strategy.ToString() && FixedPoint.TryParse(point.Precision) == Choice.Precision;

    private Task TakeAsync(SweepAnswerPoint point) => OnChange.InvokeAsync(Choice with
    {
        Precision = FixedPoint.TryParse(point.Precision) ?? Choice.Precision,
        ReuseFactor = point.ReuseFactor,
        Strategy = Enum.Parse<HlsStrategy>(point.Strategy),
        Layers = new Dictionary<string, int>(),
    });

    private static string Word(string verdict) => FpgaVerdict.WordOf(Enum.Parse<FitVerdict>(verdict));
}
