using System.Globalization;
using System.Text;
using Headroom.MemoryPlacement.Costs;
using Headroom.Oversubscription.Peaks;
using Headroom.Oversubscription.Power.Models;

namespace Headroom.Cli.Commands.Docs;

/// <summary>What the program itself knows of one of its models, as Markdown.</summary>
/// <param name="FileName">Its card in <see cref="Folder"/>.</param>
/// <param name="Render">Writes it.</param>
internal sealed record ModelFacts(string FileName, Func<string> Render)
{
    public const string Folder = "docs/model-cards";

    /// <summary>One for every model that comes with the program, or that it fits where it runs.</summary>
    public static IReadOnlyList<ModelFacts> All { get; } =
    [
        new("interference.md", Interference),
        new("fpga.md", Fpga),
        new("memory-costs.md", MemoryCosts),
        new("power.md", Power),
        new("peak-use.md", PeakUse),
    ];

    private static string Interference()
    {
        var card = Headroom.Interference.Serving.ShippedModel.Load().Card;
        var text = new StringBuilder();
        Table(text, ["the model file says", ""],
        [
            ["id", Code(card.Id)],
            ["kind", Code(card.Kind)],
            ["parts", string.Join(", ", card.Architecture)],
            ["trained on", Line($"{card.TrainingRows} labelled runs of {Code(card.TrainingData)}, SHA-256 of the rows {Code(card.TrainingChecksum)}")],
            ["seed", Line($"{card.Seed}")],
            ["trained at", Line($"{card.CreatedAt:yyyy-MM-dd}, by version {Code(card.CodeVersion)}")],
            .. card.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Key, Line($"{metric.Value:0.000}")]),
        ]);
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>Its {card.Schema.Count} features</summary>\n\n");
        foreach (var feature in card.Schema)
        {
            text.Append(CultureInfo.InvariantCulture, $"- `{feature}`\n");
        }

        return text.Append("\n</details>").ToString();
    }

    private static string Fpga()
    {
        var card = Headroom.Fpga.Surrogates.Inference.ShippedModel.Load().Model;
        var text = new StringBuilder();
        Table(text, ["the model file says", ""],
        [
            ["id", Code(card.Id)],
            ["what", card.Architecture],
            .. card.Sources.Select(source => (IReadOnlyList<string>)["trained on", Line($"{source.Name}: {source.Rows} rows, {source.Licence}")]),
            ["may be passed on", card.MayBeRedistributed ? "yes" : "no"],
            ["seed", Line($"{card.Seed}")],
            ["trained at", Line($"{card.TrainedAt:yyyy-MM-dd}")],
            ["features", Line($"{card.Features.Count}")],
            ["SHA-256 of the parameters", Code(card.Checksum)],
        ]);
        text.Append('\n');
        Table(text, ["out of fold", "rows", "SMAPE, %", "coverage of the 90 % interval"],
            card.Metrics.Select(metric => (IReadOnlyList<string>)[metric.Target, Line($"{metric.Rows}"), Line($"{metric.SmapePercent:0.0}"), Line($"{metric.CoverageRatio:0.00}")]));
        return text.ToString();
    }

    private static string MemoryCosts()
    {
        var costs = CalibratedCosts.Default;
        var text = new StringBuilder();
        Table(text, ["the shipped fit says", ""],
        [
            ["fitted on", costs.Source],
            ["Adam, DRAM streams at", Line($"{costs.Adam.Alone.DramBytesPerSecond / 1e9:0.0} GB/s")],
            ["Adam, the CXL card streams at", Line($"{costs.Adam.Alone.CxlBytesPerSecond / 1e9:0.0} GB/s")],
            .. costs.Copies.Curves.OrderBy(curve => curve.Key).Select(curve => (IReadOnlyList<string>)[$"copies, {curve.Key}", Line($"{curve.Value.LinkBytesPerSecond / 1e9:0.0} GB/s over the link, {curve.Value.CardBytesPerSecond / 1e9:0.0} GB/s from the CXL card")]),
        ]);
        text.Append('\n');
        Table(text, ["interval", "class of a case", "half width at 90 %"],
            new[] { (Name: "Adam", Interval: costs.AdamInterval), (Name: "copies", Interval: costs.CopyInterval) }.SelectMany(part => part.Interval.Scales.OrderBy(scale => scale.Key, StringComparer.Ordinal)
                .Select(scale => (IReadOnlyList<string>)[part.Name, scale.Key, Line($"{100 * (Math.Exp(part.Interval.HalfWidth(scale.Key)) - 1):0.0} %")])));
        return text.ToString();
    }

    private static string Power()
    {
        var text = new StringBuilder();
        Table(text, ["question", "predicts", "public data set", "ours", "rules beside it"],
            PowerQuestions.All.Select(question => (IReadOnlyList<string>)[question.Name, question.Target, Code(question.Folder), question.Ours.Name, string.Join(", ", question.Rules.Select(rule => rule.Name))]));
        return text.ToString();
    }

    private static string PeakUse()
    {
        var text = new StringBuilder();
        Table(text, ["predictor", "rule"], PeakPredictors.All.Select(predictor => (IReadOnlyList<string>)[predictor.Name == PeakPredictors.Ours ? $"**{predictor.Name}**" : predictor.Name, predictor.Rule]));
        return text.ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }

    private static string Code(string text) => $"`{text}`";

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
