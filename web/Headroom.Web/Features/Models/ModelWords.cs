using Headroom.Storage.Model;
using Headroom.Web.Shared;

namespace Headroom.Web.Features.Models;

/// <summary>How stages and decisions look and read.</summary>
internal static class ModelWords
{
    public static Meaning MeaningOf(ModelStage stage) => stage switch
    {
        ModelStage.Champion => Meaning.Good,
        ModelStage.Shadow or ModelStage.Candidate => Meaning.Calm,
        _ => Meaning.None,
    };

    public static Meaning MeaningOf(ModelVerdict verdict) => verdict switch
    {
        ModelVerdict.Promoted or ModelVerdict.First => Meaning.Good,
        ModelVerdict.Forced or ModelVerdict.RolledBack => Meaning.Warn,
        ModelVerdict.Vetoed => Meaning.Bad,
        ModelVerdict.Shadowed => Meaning.Calm,
        _ => Meaning.None,
    };

    public static string WordOf(ModelVerdict verdict) => verdict switch
    {
        ModelVerdict.Promoted => "promoted by the rule",
        ModelVerdict.Rejected => "turned down by the rule",
        ModelVerdict.Forced => "forced by a person",
        ModelVerdict.Vetoed => "vetoed by a person",
        ModelVerdict.RolledBack => "taken back into service",
        ModelVerdict.Shadowed => "put into the shadow",
        _ => "the first",
    };

    /// <summary>Errors are shown in the unit of the label; shares in percent.</summary>
    public static string Text(ModelMetricRow? metric) => metric is null
        ? Quantity.Missing
        : metric.Unit == "ratio" ? metric.Value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture) : Quantity.Text(metric.Value, metric.Unit);
}
