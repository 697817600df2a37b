using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Recommendations;

/// <summary>After an out-of-memory event advice never falls below the most memory seen since just before it.</summary>
internal static class OutOfMemoryFloor
{
    /// <summary>GiB; null where nothing was killed in the past that is known.</summary>
    public static double? For(ResourcePast past, HostSeries host, int windows)
    {
        if (past.Resource != Resource.Memory || past.OutOfMemoryWindows.Count == 0)
        {
            return null;
        }

        var highest = 0.0;
        foreach (var total in host.Total[Math.Max(0, past.OutOfMemoryWindows[0] - 1)..windows])
        {
            highest = Math.Max(highest, total);
        }

        return highest;
    }
}
