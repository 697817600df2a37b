namespace Headroom.Client.Hosts;

/// <summary>A measured machine.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">What the machine calls itself.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="FirstSeenAt">When it first sent.</param>
/// <param name="LastFrameAt">Time of its newest frame; null before the first.</param>
public sealed record MeasuredHost(int Id, string Key, string Name, DateTimeOffset FirstSeenAt, DateTimeOffset? LastFrameAt);
