namespace Headroom.Oversubscription.Packing;

/// <summary>Use of CPU and memory over the slots of a day. Peaks at different hours may share a host; peaks at the same hour may not.</summary>
/// <param name="Cores">Cores per slot.</param>
/// <param name="Gibibytes">GiB per slot.</param>
public sealed record SlotUse(double[] Cores, double[] Gibibytes)
{
    /// <summary>Slots of a day: one per hour.</summary>
    public const int Slots = 24;

    /// <summary>Nothing.</summary>
    public static SlotUse None => Flat(0, 0);

    /// <summary>The same in every slot.</summary>
    public static SlotUse Flat(double cores, double gibibytes) => new([.. Enumerable.Repeat(cores, Slots)], [.. Enumerable.Repeat(gibibytes, Slots)]);

    public static SlotUse operator +(SlotUse left, SlotUse right) => new(Add(left.Cores, right.Cores), Add(left.Gibibytes, right.Gibibytes));

    /// <summary>Whether it is within a limit in every slot, up to rounding.</summary>
    public bool FitsIn(SlotUse limit) => Fits(Cores, limit.Cores) && Fits(Gibibytes, limit.Gibibytes);

    /// <summary>The largest share of a limit in any slot of any resource.</summary>
    public double LargestShareOf(SlotUse limit) => Math.Max(
        Cores.Zip(limit.Cores, (use, most) => use / Math.Max(most, 1e-9)).Max(),
        Gibibytes.Zip(limit.Gibibytes, (use, most) => use / Math.Max(most, 1e-9)).Max());

    /// <summary>
    /// The highest use in every hour before the end of a series; hours before its beginning count as its highest use.
    /// </summary>
    /// <param name="used">Use per window.</param>
    /// <param name="firstWindow">Window of the first value.</param>
    /// <param name="windows">Windows in all; the last one ends now.</param>
    /// <param name="windowSeconds">Length of a window.</param>
    public static double[] Peaks(float[] used, int firstWindow, int windows, double windowSeconds)
    {
        var highest = used.Length == 0 ? 0 : used.Max();
        var slots = new double?[Slots];
        for (var index = 0; index < used.Length; index++)
        {
            var slot = (int)((windows - firstWindow - index - 1) * windowSeconds / 3600);
            if (slot < Slots)
            {
                slots[slot] = Math.Max(slots[slot] ?? 0, used[index]);
            }
        }

        return [.. slots.Select(slot => slot ?? highest)];
    }

    private static double[] Add(double[] left, double[] right) => [.. left.Zip(right, (one, other) => one + other)];

    private static bool Fits(double[] use, double[] limit) => use.Zip(limit).All(slot => slot.First <= slot.Second + 1e-6);
}
