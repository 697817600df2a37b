namespace Headroom.Oversubscription.Power.Limits;

/// <summary>Holds one kind of hardware of this machine back. Disposing gives the hardware the limits back that were found at the start.</summary>
public interface IPowerLimiter : IDisposable
{
    /// <summary>Name in settings and sentences.</summary>
    string Name { get; }

    /// <summary>Sets how fast the hardware may run.</summary>
    /// <param name="clockRatio">Share of the full clock, above 0 and up to 1; 1 takes the limit away.</param>
    /// <returns>What was written, or why it was not, in a sentence.</returns>
    string Apply(double clockRatio);
}
