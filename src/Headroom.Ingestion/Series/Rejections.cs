namespace Headroom.Ingestion.Series;

/// <summary>What of a request was refused: how many per reason, and one example of each in words.</summary>
internal sealed class Rejections
{
    private readonly Dictionary<string, (long Count, string Example)> _byReason = [];

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, (long Count, string Example)> ByReason => _byReason;

    public void Add(string reason, long count, string example)
    {
        Total += count;
        var known = _byReason.GetValueOrDefault(reason, (0, example));
        _byReason[reason] = (known.Count + count, known.Example);
    }

    /// <summary>For example <c>3 too-old (system.cpu.time at … is older than 7.00:00:00)</c>.</summary>
    public override string ToString() =>
        string.Join("; ", _byReason.Select(entry => $"{entry.Value.Count} {entry.Key} ({entry.Value.Example})"));
}
