using System.CommandLine;
using Headroom.Cli.Reporting;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Inference;

namespace Headroom.Cli.Commands.Fpga;

/// <summary><c>headroom fpga predict FILE</c>: what a network will cost before it is synthesised.</summary>
internal static class PredictFpga
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "Keras JSON, .keras, .h5, ONNX, QONNX, PyTorch exported program, or a plain description (docs/fpga.md)." };
        var config = new Option<FileInfo?>("--config") { Description = "hls4ml's YAML configuration." };
        var board = new Option<string?>("--board") { Description = "Board or part (default: the configuration's)." };
        var model = new Option<FileInfo?>("--model") { Description = "Model file of headroom train fpga (default: the one that comes along)." };
        var json = CommandOptions.Json();
        var command = new Command("predict", "LUT, FF, DSP, BRAM, latency and II of a network with intervals, before synthesis.") { file, config, board, model, json };
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                var yaml = result.GetValue(config) is { } configuration ? await File.ReadAllTextAsync(configuration.FullName, cancellationToken) : null;
                var network = result.GetValue(file)!;
                var parsed = NetworkFile.Read(network.Name, await File.ReadAllBytesAsync(network.FullName, cancellationToken));
                var predictor = result.GetValue(model) is { } own ? ModelFile.Read(own.FullName) : ShippedModel.Load();
                var design = DesignAssessment.Of(predictor, parsed, yaml, result.GetValue(board), new BoardCatalogue());
                ReportWriter.Write(Report(design, parsed.Format, predictor.Model.Seed), result.GetValue(json));
                return 0;
            }
            catch (Exception refused) when (refused is NetworkFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return 1;
            }
        });
        return command;
    }

    private static Report Report(DesignAssessment design, string format, int seed)
    {
        var figures = design.Prediction.Targets.Select(entry => new Figure($"fpga.{entry.Target.Name()}", entry.Value, entry.Unit)).ToList();
        if (design.LatencyNanoseconds is { } latency)
        {
            figures.Add(new Figure("fpga.latency_ns", latency, "ns"));
        }

        if (design.Prediction.SuccessProbability is { } success)
        {
            figures.Add(new Figure("fpga.synthesis_success", success, "probability"));
        }

        return new Report("fpga predict", Machine.Read(), seed, figures, [Prediction(design), Layers(design), Boards(design), About(design, format)]);
    }

    private static Table Prediction(DesignAssessment design) => new(
        "prediction",
        ["target", "value", "lower", "upper", "level", "unit", "from", "capacity", "share", "fits"],
        [.. design.Prediction.Targets.Select(entry =>
        {
            var resource = design.Fit?.Resources.FirstOrDefault(candidate => candidate.Prediction.Target == entry.Target);
            return (IReadOnlyList<object?>)[entry.Target.Name(), entry.Value, entry.Lower, entry.Upper, entry.Level, entry.Unit, entry.Provenance.ToString(), resource?.Capacity, resource?.Share, resource?.Verdict.ToString()];
        })]);

    private static Table Layers(DesignAssessment design) => new(
        "layers",
        ["layer", "kind", "input", "output", "parameters", "weight_bits", "reuse", "valid_reuse"],
        [.. design.Layers.Select(entry => (IReadOnlyList<object?>)
        [
            entry.Layer.Name, entry.Layer.Kind.ToString(), string.Join('x', entry.Layer.InputShape), string.Join('x', entry.Layer.OutputShape), entry.Layer.Parameters,
            entry.Rules is { Products.Count: > 0 } rules ? rules.Products[0].WeightBits : null, entry.Rules?.ReuseFactor, string.Join(' ', entry.ValidReuseFactors.Take(40)),
        ])]);

    private static Table Boards(DesignAssessment design) => new(
        "boards",
        ["board", "part", "fits", "scarcest", "share", "source"],
        [.. design.Boards.Select(fit => (IReadOnlyList<object?>)[fit.Board.Name, fit.Board.Part, fit.Verdict.ToString(), fit.Tightest?.Prediction.Target.Name(), fit.Tightest?.Share, fit.Board.Source])]);

    private static Table About(DesignAssessment design, string format) => new(
        "about",
        ["field", "value"],
        [
            ["network", design.Network.Name], ["format", format], ["part", design.Configuration.Part], ["precision", design.Configuration.Precision.ToString()],
            ["reuse factor", design.Configuration.ReuseFactor], ["strategy", design.Configuration.Strategy.ToString()], ["clock ns", design.Configuration.ClockPeriodNanoseconds],
            ["model", design.Model.Id], ["trained on", string.Join(", ", design.Model.Sources.Select(source => $"{source.Name} ({source.Licence})"))],
            ["outside training", string.Join("; ", design.Prediction.OutsideTraining)], ["notes", string.Join("; ", design.Notes)],
            ["hls4ml.yml", Hls4mlYamlWriter.Write(design.Network, design.Configuration)],
        ]);
}
