using System.Text;

namespace Headroom.Agent.Collecting;

/// <summary>One tick, as its collectors see it.</summary>
internal sealed class CollectionContext(EntityRegistry entities)
{
    private const int ShownBytes = 80;

    /// <summary>The entities that values are set on.</summary>
    public EntityRegistry Entities => entities;

    /// <summary>The host itself.</summary>
    public Entity Host => entities.Host;

    /// <summary>Wall-clock time of the tick, UTC.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>How late the tick's collecting began.</summary>
    public TimeSpan Lateness { get; internal set; }

    /// <summary>What the previous tick came to; zero at the first one.</summary>
    public TickOutcome Previous { get; internal set; }

    /// <summary>How many ticks there were before this one.</summary>
    public long Tick { get; internal set; }

    /// <summary>What the running collector could not make sense of, by file.</summary>
    internal Dictionary<string, string> Problems { get; } = [];

    /// <summary>Monotonic time in nanoseconds at which the running collector was started.</summary>
    public long MonotonicNanoseconds => entities.MonotonicNanoseconds;

    /// <summary>Reports content that is not as the kernel documents it; logged once until the file is in order again.</summary>
    /// <param name="source">The file or call.</param>
    /// <param name="expected">What should have been there.</param>
    /// <param name="got">What was there; only its beginning is kept.</param>
    public void Malformed(string source, string expected, ReadOnlySpan<byte> got)
    {
        if (!Problems.ContainsKey(source))
        {
            var shown = Encoding.UTF8.GetString(got[..Math.Min(got.Length, ShownBytes)]).ReplaceLineEndings("\\n");
            Problems.Add(source, $"{source}: expected {expected}, got '{shown}{(got.Length > ShownBytes ? "…" : "")}'");
        }
    }
}

/// <summary>What one tick's collecting came to.</summary>
/// <param name="Duration">How long it took.</param>
/// <param name="EntityCount">How many entities had values.</param>
/// <param name="FailureCount">How often collectors failed or met malformed content since the start.</param>
internal readonly record struct TickOutcome(TimeSpan Duration, int EntityCount, long FailureCount);
