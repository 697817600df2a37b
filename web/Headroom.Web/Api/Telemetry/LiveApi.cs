using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Headroom.Storage;
using Headroom.Storage.Live;
using Headroom.Storage.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Telemetry;

/// <summary>The live tail of many series as server-sent events: an event <c>points</c> per piece of news, <c>[[unixMs, value, …], …]</c>.</summary>
internal sealed class LiveApi(LiveFeed feed, SeriesReader reader, TimeProvider clock, IOptions<ApiOptions> options, IOptions<StorageOptions> limits)
{
    private int _open;

    public Results<ServerSentEventsResult<IReadOnlyList<object?[]>>, ProblemHttpResult> Follow(string[] series, CancellationToken cancellationToken)
    {
        var (keys, wrong) = SeriesQuery.Parse(series, options.Value.MaxLiveSeries);
        if (wrong is not null)
        {
            return Problems.Invalid("invalid-series", wrong);
        }

        if (keys.Any(key => key.HostId != keys[0].HostId))
        {
            return Problems.Invalid("invalid-series", "s: expected series of one host per live stream, got several hosts.");
        }

        if (Volatile.Read(ref _open) >= options.Value.MaxLiveStreams)
        {
            return Problems.Unavailable("too-many-live-streams",
                $"{options.Value.MaxLiveStreams} live streams are open, the most that {ApiOptions.SectionName}:{nameof(ApiOptions.MaxLiveStreams)} allows; ask for ranges instead or try again later.");
        }

        return TypedResults.ServerSentEvents(EventsAsync(keys, cancellationToken));
    }

    private async IAsyncEnumerable<SseItem<IReadOnlyList<object?[]>>> EventsAsync(IReadOnlyList<SeriesKey> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _open);
        try
        {
            var tail = new LiveTail(reader, keys, limits.Value);
            await foreach (var _ in feed.SubscribeAsync(keys[0].HostId, cancellationToken))
            {
                var points = await tail.ReadNewAsync(clock.GetUtcNow(), cancellationToken);
                if (points.Count > 0)
                {
                    yield return new SseItem<IReadOnlyList<object?[]>>([.. points.Select(point => (object?[])[point.At.ToUnixTimeMilliseconds(), .. point.Values.Cast<object?>()])], "points");
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

internal static class LiveApiMap
{
    public static void MapLiveApi(this IEndpointRouteBuilder routes) => routes.MapGet(
            "/api/v1/live",
            [Refuses("invalid-series", "too-many-live-streams")] ([FromQuery(Name = "s"), Description("host:entity:metric,metric,… of one host; repeat per entity.")] string[] series, LiveApi live, CancellationToken cancellationToken) => live.Follow(series, cancellationToken))
        .WithTags("Telemetry").WithName("FollowSeries").WithSummary("New values as they are stored, as server-sent events.");
}
