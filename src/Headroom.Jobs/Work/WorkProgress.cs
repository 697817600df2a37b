namespace Headroom.Jobs.Work;

/// <summary>How far a piece of work is.</summary>
/// <param name="Share">Share that is done, 0 to 1.</param>
/// <param name="Message">What it is doing, in a few words.</param>
public sealed record WorkProgress(double Share, string Message);
