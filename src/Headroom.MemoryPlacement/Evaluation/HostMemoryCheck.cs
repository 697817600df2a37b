using System.Globalization;
using Headroom.MemoryPlacement.Costs;
using Headroom.MemoryPlacement.Footprints;

namespace Headroom.MemoryPlacement.Evaluation;

/// <summary>A measured run beside the footprint formula, plain and with the rounding of pinned activations.</summary>
public sealed record HostMemoryCase(OffloadRow Row, double FormulaGibibytes, double RoundedGibibytes);

/// <summary>The host-memory formula on the measured ZeRO-Offload runs whose model we know. Nothing is fitted.</summary>
public static class HostMemoryCheck
{
    /// <summary>Host memory of the framework in these runs, stated by the study that measured them.</summary>
    private const double OverheadGibibytes = 20;

    private const double Gibibyte = 1L << 30;

    private static readonly Dictionary<string, string> Models = new()
    {
        ["Llama3.1 1B"] = "llama-3.1-1b",
        ["Llama3.1 8B"] = "llama-3.1-8b",
        ["Qwen2.5 14B"] = "qwen2.5-14b",
    };

    public static IReadOnlyList<HostMemoryCase> Run(IReadOnlyList<OffloadRow> rows) =>
        [.. rows.Where(row => Models.ContainsKey(row.Model) && !row.Setup.Contains("(gpu)", StringComparison.Ordinal)).Select(Of)];

    private static HostMemoryCase Of(OffloadRow row)
    {
        var model = SampleModels.Read(Models[row.Model]);
        var gpus = int.Parse(row.Setup.AsSpan(0, row.Setup.IndexOf('×', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        var run = new TrainingRun(row.BatchPerGpu, row.ContextTokens, gpus);
        var plain = (HostTensors.Of(model, run).Sum(tensor => (double)tensor.Bytes) / Gibibyte) + OverheadGibibytes;
        return new HostMemoryCase(row, plain, plain + (HostTensors.PinnedRounding(model, run).Bytes / Gibibyte));
    }
}
