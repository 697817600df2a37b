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

    internal int Take(int? asked) => Math.Clamp(asked ?? DefaultPageSize, 1, MaxPageSize);

    internal static Page<T> Part<T>(List<T> oneMore, int take, Func<T, int> id) =>
        oneMore.Count > take ? new Page<T>(oneMore[..take], id(oneMore[take - 1])) : new Page<T>(oneMore, null);
}
