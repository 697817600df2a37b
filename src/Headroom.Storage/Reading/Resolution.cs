namespace Headroom.Storage.Reading;

/// <summary>A table of values by the length of its buckets.</summary>
/// <param name="Name"><c>1s</c>, <c>10s</c>, <c>1m</c> or <c>1h</c>.</param>
/// <param name="Seconds">Length of its buckets.</param>
internal sealed record Resolution(string Name, int Seconds)
{
    public static Resolution Second { get; } = new("1s", 1);

    public static Resolution TenSeconds { get; } = new("10s", 10);

    public static Resolution Minute { get; } = new("1m", 60);

    public static Resolution Hour { get; } = new("1h", 3600);

    /// <summary>Coarsest first.</summary>
    public static IReadOnlyList<Resolution> All { get; } = [Hour, Minute, TenSeconds, Second];
}
