using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>
/// What a host's past says about its next windows. Everything is divided by what is promised, so that hosts of all sizes share one
/// model; missing (NaN, as the tree learner wants it) where the past is too short.
/// </summary>
internal static class HostFeatures
{
    private static readonly int[] Spans = [6, 12, 36, 72, 144];

    public static IReadOnlyList<string> Names { get; } =
    [
        "last",
        .. Spans.SelectMany(span => new[] { $"mean_{span}", $"max_{span}", $"deviation_{span}" }),
        "trend",
        "day_mean",
        "day_max",
        "yesterday_max",
        "yesterday_mean",
        "largest_vm",
        "sum_of_vm_peaks",
        "hour_sine",
        "hour_cosine",
    ];

    /// <summary>The level that forecasts are relative to, and the unit of their size, both in the resource's unit.</summary>
    public static (double Level, double Scale) Frame(HostSeries host, int now)
    {
        var level = Describe(host.Total[Math.Max(0, now - 36)..now]).Mean;
        var deviation = Describe(host.Total[Math.Max(0, now - 72)..now]).Deviation;
        return (level, deviation + (0.01 * host.Requested[now]));
    }

    /// <summary>One row, in the order of <see cref="Names"/>.</summary>
    public static float[] Row(FleetTrace fleet, HostSeries host, int now, int horizon)
    {
        var promised = Math.Max(host.Requested[now], 1e-9);
        var past = host.Total[..now];
        var day = fleet.WindowsIn(TimeSpan.FromDays(1));
        var row = new List<float>(Names.Count) { (float)(past[^1] / promised) };
        foreach (var span in Spans)
        {
            var recent = Describe(past[Math.Max(0, now - span)..]);
            row.AddRange([(float)(recent.Mean / promised), (float)(recent.Max / promised), (float)(recent.Deviation / promised)]);
        }

        var lately = Describe(past[Math.Max(0, now - 6)..]).Mean;
        var before = now >= 12 ? Describe(past[(now - 12)..(now - 6)]).Mean : lately;
        row.Add((float)((lately - before) / promised));
        var wholeDay = Describe(past[Math.Max(0, now - day)..]);
        row.AddRange([(float)(wholeDay.Mean / promised), (float)(wholeDay.Max / promised)]);
        if (now >= day)
        {
            var yesterday = Describe(past[(now - day)..Math.Min(now, now - day + horizon)]);
            row.AddRange([(float)(yesterday.Max / promised), (float)(yesterday.Mean / promised)]);
        }
        else
        {
            row.AddRange([float.NaN, float.NaN]);
        }

        var (largest, peaks) = MachinePeaks(host, now);
        var angle = 2 * Math.PI * (now % day) / day;
        row.AddRange([(float)(largest / promised), (float)(peaks / promised), (float)Math.Sin(angle), (float)Math.Cos(angle)]);
        return [.. row];
    }

    private static (double Largest, double SumOfPeaks) MachinePeaks(HostSeries host, int now)
    {
        double largest = 0, sum = 0;
        foreach (var vm in host.Vms)
        {
            if (!vm.IsPresent(now))
            {
                continue;
            }

            var peak = 0f;
            foreach (var used in vm.Between(now - 36, now))
            {
                peak = Math.Max(peak, used);
            }

            largest = Math.Max(largest, peak);
            sum += peak;
        }

        return (largest, sum);
    }

    private static (double Mean, double Max, double Deviation) Describe(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return (0, 0, 0);
        }

        double sum = 0, squares = 0, max = values[0];
        foreach (var value in values)
        {
            sum += value;
            squares += value * value;
            max = Math.Max(max, value);
        }

        var mean = sum / values.Length;
        return (mean, max, Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))));
    }
}
