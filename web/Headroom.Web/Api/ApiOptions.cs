using System.ComponentModel.DataAnnotations;
using Headroom.Web.Api.Telemetry;

namespace Headroom.Web.Api;

/// <summary>Limits of the API, each with its default.</summary>
public sealed class ApiOptions
{
    /// <summary>Section of the configuration.</summary>
    public const string SectionName = "Api";

    /// <summary>Items of a list when the caller does not say how many. Default 200.</summary>
    [Range(1, 100_000)]
    public int DefaultPageSize { get; set; } = 200;

    /// <summary>Most items of a list in one answer. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxPageSize { get; set; } = 2_000;

    /// <summary>Most series one live stream may follow. Default 512.</summary>
    [Range(1, 10_000)]
    public int MaxLiveSeries { get; set; } = 512;

    /// <summary>Points per series when the caller does not say how many. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int DefaultPoints { get; set; } = 1_000;

    /// <summary>Most live streams open at the same time. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxLiveStreams { get; set; } = 500;

    /// <summary>Longest text of a note on the charts. Default 500.</summary>
    [Range(1, 10_000)]
    public int MaxNoteLength { get; set; } = 500;

    /// <summary>Most saved views. Default 200.</summary>
    [Range(1, 10_000)]
    public int MaxSavedViews { get; set; } = 200;

    /// <summary>Longest name of a saved view. Default 80.</summary>
    [Range(1, 200)]
    public int MaxViewNameLength { get; set; } = 80;

    /// <summary>Longest address of a saved view. Default 2,000.</summary>
    [Range(10, 8_000)]
    public int MaxViewAddressLength { get; set; } = 2_000;

    /// <summary>How long the answer of a request with an Idempotency-Key is kept. Default 24 hours.</summary>
    public TimeSpan IdempotencyLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>After this time a request with an Idempotency-Key that never answered counts as lost, and the key may try again. Default 5 minutes.</summary>
    public TimeSpan IdempotencyRunningLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Fewest characters of an Idempotency-Key; kept answers are sealed with it, so it must not be guessed. Default 16.</summary>
    [Range(1, 255)]
    public int ShortestIdempotencyKey { get; set; } = 16;

    /// <summary>Most characters of an Idempotency-Key. Default 255.</summary>
    [Range(16, 1_024)]
    public int LongestIdempotencyKey { get; set; } = 255;

    internal int Take(int? asked) => Math.Clamp(asked ?? DefaultPageSize, 1, MaxPageSize);

    /// <summary>Part of a list that is read whole.</summary>
    /// <param name="all">The list.</param>
    /// <param name="after">How many to pass over.</param>
    /// <param name="limit">How many at most.</param>
    internal Page<T> Part<T>(IReadOnlyList<T> all, int after, int? limit)
    {
        var (from, take) = (Math.Clamp(after, 0, all.Count), Take(limit));
        return new Page<T>([.. all.Skip(from).Take(take)], from + take < all.Count ? from + take : null);
    }

    internal static Page<T> Part<T>(List<T> oneMore, int take, Func<T, int> id) =>
        oneMore.Count > take ? new Page<T>(oneMore[..take], id(oneMore[take - 1])) : new Page<T>(oneMore, null);
}
