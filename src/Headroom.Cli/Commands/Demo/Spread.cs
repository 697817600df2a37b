namespace Headroom.Cli.Commands.Demo;

/// <summary>Numbers that look drawn by lot and still cover a range evenly (the additive recurrence of the golden ratio), and noise that has no jumps.</summary>
internal static class Spread
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>The place of one of many between two ends: neighbours in number lie far apart.</summary>
    public static double Of(int number, int seed, double from, double to) => from + ((to - from) * ((number + (0.1 * seed)) * GoldenRatio % 1));

    /// <summary>Noise from -1 to 1 that takes a new value every step and goes there in a straight line.</summary>
    public static double Noise(DateTimeOffset time, TimeSpan step, int seed)
    {
        var (place, before) = (time.Ticks / (double)step.Ticks, time.Ticks / step.Ticks);
        var (one, next) = (At(before), At(before + 1));
        return one + ((next - one) * (place - before));

        double At(long index) => (2 * new Random(unchecked((seed * 1_000_003) + (int)index)).NextDouble()) - 1;
    }
}
