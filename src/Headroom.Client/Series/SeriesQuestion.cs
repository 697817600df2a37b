using System.Globalization;

namespace Headroom.Client.Series;

/// <summary>Metrics of one entity over a range of time.</summary>
/// <param name="Host">Id of the host.</param>
/// <param name="Entity">Id of the entity.</param>
/// <param name="Metrics">Names from the catalogue.</param>
/// <param name="From">Start, inclusive.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="Points">At most so many buckets.</param>
public sealed record SeriesQuestion(int Host, int Entity, IReadOnlyList<string> Metrics, DateTimeOffset From, DateTimeOffset To, int Points)
{
    /// <summary>The series in an address, without the range: <c>s=host:entity:metric,metric</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"s={Host}:{Entity}:{string.Join(',', Metrics)}");

    /// <summary>The whole address.</summary>
    public string Address => string.Create(
        CultureInfo.InvariantCulture, $"/api/v1/series?{Key}&from={From.ToUnixTimeMilliseconds()}&to={To.ToUnixTimeMilliseconds()}&points={Points}");
}
