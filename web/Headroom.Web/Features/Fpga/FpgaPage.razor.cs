using System.Text.Json;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Parsing.Plain;
using Headroom.Jobs.Fpga;
using Headroom.Web.Api.Fpga;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace Headroom.Web.Features.Fpga;

/// <summary>One network, one configuration, and what it will cost; the choice lives in the address.</summary>
public sealed partial class FpgaPage
{
    private FpgaChoice _choice = new();
    private BoardCatalogue _boards = new();
    private ParsedNetwork? _parsed;
    private ParsedNetwork? _uploaded;
    private string? _uploadName;
    private DesignAssessment? _design;
    private string? _asked;
    private (DesignAssessment Design, FpgaChoice Choice, string? Asked)? _pinned;
    private DateTimeOffset _at;
    private string? _problem;

    [SupplyParameterFromQuery(Name = "network")]
    public string? NetworkText { get; set; }

    [SupplyParameterFromQuery(Name = "precision")]
    public string? PrecisionText { get; set; }

    [SupplyParameterFromQuery(Name = "reuse")]
    public int? ReuseText { get; set; }

    [SupplyParameterFromQuery(Name = "strategy")]
    public string? StrategyText { get; set; }

    [SupplyParameterFromQuery(Name = "io")]
    public string? IoText { get; set; }

    [SupplyParameterFromQuery(Name = "clock")]
    public double? ClockText { get; set; }

    [SupplyParameterFromQuery(Name = "board")]
    public string? BoardText { get; set; }

    [SupplyParameterFromQuery(Name = "layers")]
    public string? LayersText { get; set; }

    [Inject]
    private NavigationManager Address { get; set; } = null!;

    [Inject]
    private DesignPredictors Predictors { get; set; } = null!;

    [Inject]
    private BoardStore Store { get; set; } = null!;

    [Inject]
    private IOptions<FpgaOptions> Options { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _choice = FpgaChoice.Parse(NetworkText, PrecisionText, ReuseText, StrategyText, IoText, ClockText, BoardText, LayersText);
        if (RendererInfo.IsInteractive)
        {
            await AssessAsync();
        }
    }

    private async Task AssessAsync()
    {
        var asked = _choice;
        try
        {
            _boards = await Store.ReadAsync(CancellationToken.None);
            var parsed = asked.Network == FpgaChoice.Uploaded
                ? _uploaded ?? throw new NetworkFormatException("The file that was sent is gone with the last visit; send it again, or pick an example.")
                : (ExampleNetworks.Find(asked.Network) ?? throw new NetworkFormatException($"network: expected one of {string.Join(", ", ExampleNetworks.All.Select(example => example.Name))}, got '{asked.Network}'.")).Read();
            var (configuration, boards) = (asked.ToConfiguration(_boards), _boards);
            var design = await Task.Run(() =>
            {
                using var champion = Predictors.Rent();
                return DesignAssessment.Of(champion.Model, parsed.Network, configuration, boards, board: boards.Find(asked.Board));
            });

            // Whoever chooses faster than the answers come sees the answer to the last choice, whichever comes last.
            if (ReferenceEquals(asked, _choice))
            {
                (_parsed, _design, _asked, _at, _problem) = (parsed, design, Question(design, asked.Board), Clock.GetUtcNow(), null);
            }
        }
        catch (Exception refused) when (refused is NetworkFormatException or InvalidDataException)
        {
            if (ReferenceEquals(asked, _choice))
            {
                (_design, _problem) = (null, refused.Message);
            }
        }
    }

    private void Go(FpgaChoice choice)
    {
        if (choice.Network != _choice.Network)
        {
            choice = choice with { Layers = new Dictionary<string, int>() };
        }

        Address.NavigateTo(Address.GetUriWithQueryParameters(choice.ToQuery()), replace: choice.Network == _choice.Network);
    }

    /// <summary>A model file becomes the network; a YAML file changes the configuration.</summary>
    private async Task ReceiveAsync(IBrowserFile file)
    {
        try
        {
            using var bytes = new MemoryStream();
            await using (var stream = file.OpenReadStream(Options.Value.UploadBytes))
            {
                await stream.CopyToAsync(bytes);
            }

            if (Path.GetExtension(file.Name) is ".yml" or ".yaml")
            {
                var network = _parsed?.Network ?? throw new NetworkFormatException("Send the network first, then its configuration.");
                var read = Hls4mlYaml.Read(System.Text.Encoding.UTF8.GetString(bytes.ToArray()), _boards).For(network);
                Go(_choice.With(read, _boards));
                return;
            }

            _uploaded = NetworkFile.Read(file.Name, bytes.ToArray(), new NetworkLimits { FileBytes = Options.Value.UploadBytes });
            _uploadName = file.Name;
            var choice = (_uploaded.Configuration is { } own ? _choice.With(own, _boards) : _choice) with { Network = FpgaChoice.Uploaded };
            if (_choice.Network == FpgaChoice.Uploaded)
            {
                _choice = choice;
                await AssessAsync();
            }

            Go(choice);
        }
        catch (Exception refused) when (refused is NetworkFormatException or IOException)
        {
            (_design, _problem) = (null, refused is IOException ? $"{file.Name}: at most {Options.Value.UploadBytes} bytes are read, it has {file.Size}." : refused.Message);
        }
    }

    private void Pin() => _pinned = _design is null ? null : (_design, _choice, _asked);

    private void Unpin() => _pinned = null;

    /// <summary>Body of the call that answers the same.</summary>
    private static string Question(DesignAssessment design, string board) => JsonSerializer.Serialize(
        new FpgaDesignRequest(NetworkDocument.Write(design.Network), JsonSerializer.SerializeToElement(Hls4mlYamlWriter.Write(design.Network, design.Configuration)), board), JsonSerializerOptions.Web);

    private Task SaveYamlAsync() => SaveAsync("hls4ml.yml", "text/yaml", Hls4mlYamlWriter.Write(_design!.Network, _design.Configuration));

    private Task SaveCsvAsync() => SaveAsync("fpga-prediction.csv", "text/csv", FpgaCsv.Write(_design!));

    private async Task SaveAsync(string name, string type, string text)
    {
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/save.js");
        await module.InvokeVoidAsync("save", name, type, text);
    }
}
