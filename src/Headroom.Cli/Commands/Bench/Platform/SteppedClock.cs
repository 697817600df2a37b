namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>A clock that is set by hand, so that a day passes as fast as its frames can be stored.</summary>
internal sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>The time it is.</summary>
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
