namespace Headroom.MemoryPlacement.Live;

/// <summary>Makes the advice again at several moments of the later half of a past, from what was known then, and looks at what followed.</summary>
internal static class IdleReplay
{
    private const int Moments = 8;

    public static IdleBacktest? Run(WorkloadMemoryPast past, HostMemoryPast host, LiveMemorySettings settings)
    {
        var windows = past.UsageBytes.Length;
        var horizon = Math.Max(1, (int)(Math.Min(settings.HorizonSeconds, host.Seconds / 4) / host.WindowSeconds));
        var first = windows / 2;
        if (first < 2 || windows - first < 2)
        {
            return null;
        }

        var starts = Enumerable.Range(0, Moments).Select(moment => first + (moment * (windows - first) / Moments)).Distinct().ToArray();
        var (followed, violated) = (0, 0);
        foreach (var start in starts)
        {
            var advised = IdleMemory.Of(past.Part(..start), host.IdleAnonymousShare, settings.HorizonSeconds);
            var after = past.Part(start..Math.Min(windows, start + horizon));
            var idleFile = Math.Max(0, advised.Bytes - (advised.AnonymousBytes ?? 0));
            foreach (var (idle, pressure) in after.IdleFileBytes.Zip(after.PressureFull).Where(pair => pair.First is not null))
            {
                followed++;
                violated += idle < idleFile || pressure > settings.PressureLimit ? 1 : 0;
            }
        }

        return followed == 0 ? null : new IdleBacktest(starts.Length, followed, violated);
    }
}
