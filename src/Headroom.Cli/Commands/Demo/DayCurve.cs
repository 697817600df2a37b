namespace Headroom.Cli.Commands.Demo;

/// <summary>How busy a demo host is over a day: quiet in the night, busy in the afternoon, a little different on every host.</summary>
/// <param name="QuietHour">Hour of the day, UTC, at which it is quietest.</param>
internal sealed record DayCurve(double QuietHour)
{
    /// <summary>From 0 (idle) to 1 (everything runs).</summary>
    public double At(DateTimeOffset time) => 0.5 - (0.45 * Math.Cos(2 * Math.PI * (time.TimeOfDay.TotalHours - QuietHour) / 24));
}
