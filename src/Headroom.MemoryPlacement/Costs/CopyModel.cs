namespace Headroom.MemoryPlacement.Costs;

/// <summary>
/// Time of a copy between pinned host memory and each of several GPUs: the link's own curve, or the CXL card where it is slower.
/// t = max(link(bytes), (share bytes - absorbed / sqrt(GPUs)) GPUs / card bandwidth): a card's bandwidth is shared by all GPUs, and buffers on the way
/// absorb the first bytes.
/// </summary>
public sealed record CopyModel(IReadOnlyDictionary<CopyDirection, CopyCurve> Curves)
{
    /// <exception cref="MemoryInputException">A direction has no rows from the card.</exception>
    public static CopyModel Fit(IReadOnlyList<CopyRow> rows) => new(
        Enum.GetValues<CopyDirection>().ToDictionary(direction => direction, direction => CopyCurve.Fit([.. rows.Where(row => row.Direction == direction)])));

    /// <summary>Milliseconds for <paramref name="bytes"/> to or from each of <paramref name="gpus"/> GPUs at once.</summary>
    public double Milliseconds(CopyDirection direction, double bytes, int gpus, double cxlShare) => Curves[direction].Milliseconds(bytes, gpus, cxlShare);

    public double Milliseconds(CopyRow row) => Milliseconds(row.Direction, row.Bytes, row.Gpus, row.CxlShare);

    /// <summary>Rows whose errors are alike: latency-bound, ramping, at full speed.</summary>
    public static string ErrorClass(CopyRow row) => row.Bytes switch
    {
        < 1 << 20 => "below 1 MiB",
        < 64 << 20 => "below 64 MiB",
        _ => "64 MiB and more",
    };

    /// <summary>Whether GPUs fight for the card at this row.</summary>
    public bool IsContended(CopyRow row) => row.Gpus > 1 && row.CxlShare > 0 && Curves[row.Direction].CardBinds(row.Bytes, row.Gpus, row.CxlShare);
}

/// <summary>One direction.</summary>
/// <param name="Bytes">Sizes of the link's curve, ascending.</param>
/// <param name="LinkMilliseconds">Its times.</param>
/// <param name="CardBytesPerSecond">What one card carries for all GPUs together.</param>
/// <param name="AbsorbedBytes">What buffers take before the card limits.</param>
public sealed record CopyCurve(IReadOnlyList<double> Bytes, IReadOnlyList<double> LinkMilliseconds, double CardBytesPerSecond, double AbsorbedBytes)
{
    private static readonly double[] AbsorbedGuesses = [1e6, 3e7];

    /// <summary>Bytes per second of the link at its largest measured size.</summary>
    public double LinkBytesPerSecond => Bytes[^1] / LinkMilliseconds[^1] * 1e3;

    public double Milliseconds(double bytes, int gpus, double cxlShare) => Math.Max(Link(bytes), Card(bytes, gpus, cxlShare));

    public bool CardBinds(double bytes, int gpus, double cxlShare) => Card(bytes, gpus, cxlShare) > Link(bytes);

    private double Card(double bytes, int gpus, double cxlShare) =>
        Math.Max(0, (cxlShare * bytes) - (AbsorbedBytes / Math.Sqrt(gpus))) * gpus / CardBytesPerSecond * 1e3;

    /// <summary>Straight between measured sizes on logarithmic axes; proportional beyond the largest, the smallest size's time below.</summary>
    private double Link(double bytes)
    {
        if (bytes >= Bytes[^1])
        {
            return LinkMilliseconds[^1] * bytes / Bytes[^1];
        }

        var above = 0;
        while (Bytes[above] < bytes)
        {
            above++;
        }

        if (above == 0)
        {
            return LinkMilliseconds[0];
        }

        var along = Math.Log(bytes / Bytes[above - 1]) / Math.Log(Bytes[above] / Bytes[above - 1]);
        return Math.Exp(((1 - along) * Math.Log(LinkMilliseconds[above - 1])) + (along * Math.Log(LinkMilliseconds[above])));
    }

    internal static CopyCurve Fit(IReadOnlyList<CopyRow> rows)
    {
        var card = rows.Where(row => row.CxlShare > 0).ToArray();
        if (card.Length == 0)
        {
            throw new MemoryInputException("Expected copies from a CXL card to calibrate with, got none.");
        }

        var least = rows.Min(row => row.CxlShare);
        var first = Limit(Curve([.. rows.Where(row => row.CxlShare == least)]), card);

        // Where the card does not limit, its rows measure the same link: more rows, less noise.
        return Limit(Curve([.. rows.Where(row => row.CxlShare == 0 || !first.CardBinds(row.Bytes * 1.3, row.Gpus, row.CxlShare))]), card);
    }

    private static CopyCurve Curve(IReadOnlyList<CopyRow> rows)
    {
        var sizes = rows.GroupBy(row => row.Bytes).OrderBy(group => group.Key).ToArray();
        return new CopyCurve([.. sizes.Select(group => group.Key)], [.. sizes.Select(group => Median([.. group.Select(row => row.Milliseconds)]))], double.MaxValue, 0);
    }

    private static CopyCurve Limit(CopyCurve link, IReadOnlyList<CopyRow> card)
    {
        CopyCurve From(double[] logs) => link with { CardBytesPerSecond = Math.Exp(logs[0]), AbsorbedBytes = Math.Exp(logs[1]) };
        var large = card.Where(row => row.Bytes >= 4 << 20).Select(row => (Row: row, Link: link.Link(row.Bytes))).ToArray();
        double Cost(double[] logs)
        {
            var curve = From(logs);
            return large.Sum(one => Math.Abs(Math.Log(Math.Max(one.Link, curve.Card(one.Row.Bytes, one.Row.Gpus, one.Row.CxlShare)) / one.Row.Milliseconds)));
        }

        var starts = AbsorbedGuesses.Select(absorbed => NelderMead.Minimise(Cost, [Math.Log(40e9), Math.Log(absorbed)], iterations: 200));
        return From(starts.MinBy(Cost)!);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}
