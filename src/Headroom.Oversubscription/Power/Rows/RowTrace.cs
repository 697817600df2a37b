using Headroom.Learning.Data;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Row power minute by minute, as a share of provisioned power, of a row with exactly the servers it was provisioned for.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Minutes">Mean of each minute.</param>
public sealed record RowTrace(string Source, double[] Minutes)
{
    private const int MinutesPerDay = 1440;
    private const double WanderMinutes = 20;
    private const double QuietestHour = 4;

    /// <summary>A made-up trace with the published peak: days, weekends and a slow wander. The production trace was never published.</summary>
    public static RowTrace Synthetic(RowSettings settings, double weeks, int seed)
    {
        var random = new Xoshiro(seed, int.MaxValue - 1);
        var minutes = new double[Math.Max((int)Math.Round(weeks * 7 * MinutesPerDay), 1)];
        var keep = Math.Exp(-1 / WanderMinutes);
        double wander = 0;
        for (var minute = 0; minute < minutes.Length; minute++)
        {
            wander = (keep * wander) + (Math.Sqrt(1 - (keep * keep)) * settings.TraceWander * random.NextNormal());
            var hour = minute % MinutesPerDay / 60.0;
            var day = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (hour - QuietestHour) / 24));
            var height = minute / MinutesPerDay % 7 >= 5 ? settings.WeekendShare : 1;
            minutes[minute] = Math.Min(settings.TraceTrough + ((settings.TracePeak - settings.TraceTrough) * day * height) + wander, settings.TracePeak);
        }

        return new RowTrace("synthetic: days, weekends and a slow wander up to the published peak", minutes);
    }

    /// <summary>The first weeks of it.</summary>
    public RowTrace First(double weeks) => this with { Minutes = [.. Minutes.Take(Math.Max((int)Math.Round(weeks * 7 * MinutesPerDay), 1))] };

    /// <summary>An own row: a CSV file with columns t_s (seconds) and utilization_ratio (share of provisioned power), held until the next line.</summary>
    /// <exception cref="InvalidDataException">A column is missing, times do not rise, or a share is outside 0 to 1.5.</exception>
    public static RowTrace Read(string path)
    {
        var table = CsvTable.Read(path);
        var minutes = new List<double>();
        for (var row = 0; row < table.Count; row++)
        {
            var (time, share) = (table.RequiredNumber(row, "t_s"), table.RequiredNumber(row, "utilization_ratio"));
            if (share is < 0 or > 1.5 || (row > 0 && time <= table.RequiredNumber(row - 1, "t_s")))
            {
                throw new InvalidDataException($"{path}, row {row + 2}: expected rising t_s and utilization_ratio between 0 and 1.5, got {time} and {share}.");
            }

            var until = row + 1 < table.Count ? table.RequiredNumber(row + 1, "t_s") : time + 60;
            while (minutes.Count * 60 < until - table.RequiredNumber(0, "t_s"))
            {
                minutes.Add(share);
            }
        }

        return minutes.Count == 0 ? throw new InvalidDataException($"{path}: expected at least one row.") : new RowTrace(Path.GetFileName(path), [.. minutes]);
    }
}
