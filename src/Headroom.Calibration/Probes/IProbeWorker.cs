namespace Headroom.Calibration.Probes;

/// <summary>One thread of a built-in probe.</summary>
public interface IProbeWorker : IDisposable
{
    /// <summary>Works for some milliseconds at most and returns how many operations it did.</summary>
    long Work();
}
