using System.Globalization;
using System.Text;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Records;
using Headroom.Jobs.Fpga;

namespace Headroom.Web.Features.Fpga;

/// <summary>A prediction as CSV: the targets, then the layers.</summary>
internal static class FpgaCsv
{
    public static string Write(DesignAssessment design)
    {
        var text = new StringBuilder("target,value,lower,upper,level,unit,from,board,capacity,fits\n");
        foreach (var entry in design.Prediction.Targets)
        {
            var resource = design.Fit?.Resources.FirstOrDefault(candidate => candidate.Prediction.Target == entry.Target);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{entry.Target.Name()},{entry.Value:0.##},{entry.Lower:0.##},{entry.Upper:0.##},{entry.Level},{entry.Unit},{entry.Provenance},{design.Fit?.Board.Name},{resource?.Capacity},{resource?.Verdict}");
        }

        text.Append("\nlayer,kind,input,output,parameters,reuse_factor,valid_reuse_factors\n");
        foreach (var entry in design.Layers)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Quoted(entry.Layer.Name)},{entry.Layer.Kind},{string.Join('x', entry.Layer.InputShape)},{string.Join('x', entry.Layer.OutputShape)},{entry.Layer.Parameters},{entry.Rules?.ReuseFactor},{string.Join(' ', entry.ValidReuseFactors)}");
        }

        return text.ToString();
    }

    /// <summary>Every design of a sweep, one a line.</summary>
    public static string Write(SweepAnswer sweep)
    {
        var front = sweep.Front.ToHashSet();
        var targets = Targets.All.Select(target => target.Name()).ToArray();
        var text = new StringBuilder($"precision,reuse_factor,strategy,io_type,clock_ns,board,{string.Join(',', targets.Select(name => $"{name},{name}_lower,{name}_upper"))},latency_ns,utilisation,scarcest,fits,synthesis_success,out_of_range,front\n");
        foreach (var (point, index) in sweep.Points.Select((point, index) => (point, index)))
        {
            var counts = targets.Select(name => point.Targets.TryGetValue(name, out var numbers) ? string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))) : ",,");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Quoted(point.Precision)},{point.ReuseFactor},{point.Strategy},{point.IoType},{point.ClockPeriod},{Quoted(point.Board)},{string.Join(',', counts)},{point.LatencyNanoseconds},{point.Utilisation},{point.Scarcest},{point.Verdict},{point.SuccessProbability:0.###},{point.IsOutOfRange},{front.Contains(index)}");
        }

        return text.ToString();
    }

    // A name that begins like a formula must not become one in a spreadsheet.
    private static string Quoted(string text) => $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
