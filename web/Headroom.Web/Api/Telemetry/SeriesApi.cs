using System.ComponentModel;
using Headroom.Storage;
using Headroom.Storage.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Headroom.Web.Api.Telemetry;

/// <summary>One series: bucket i covers [from + i * bucketMs, from + (i + 1) * bucketMs); null where nothing was measured.</summary>
/// <param name="From">Start of the first bucket, Unix milliseconds.</param>
/// <param name="Resolution">Which table answered: <c>1s</c>, <c>10s</c>, <c>1m</c>, <c>1h</c>.</param>
public sealed record SeriesAnswer(int Host, int Entity, string Metric, string Unit, string Resolution, long From, long BucketMs, IReadOnlyList<float?> Min, IReadOnlyList<float?> Max, IReadOnlyList<float?> Mean);

/// <summary>Many series of one range.</summary>
public sealed record SeriesListAnswer(IReadOnlyList<SeriesAnswer> Series);

/// <summary>What charts are drawn from: many series at once, brought to the width asked for on the server, minimum and maximum kept.</summary>
internal static class SeriesApi
{
    private const string Binary = "application/octet-stream";

    public static void MapSeriesApi(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/series", ReadAsync)
        .WithTags("Telemetry").WithName("ReadSeries")
        .WithSummary("Many series over one range, as JSON or, with Accept: application/octet-stream, as float32 arrays.")
        .Produces<SeriesListAnswer>()
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?["200"] is OpenApiResponse { Content: { } formats })
            {
                formats[Binary] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            }

            return Task.CompletedTask;
        });

    [Refuses("invalid-series", "invalid-range", "invalid-query")]
    private static async Task<Results<Ok<SeriesListAnswer>, FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        [FromQuery(Name = "s"), Description("host:entity:metric,metric,… ; repeat per entity.")] string[] series,
        long from,
        long to,
        [Description("At most this many buckets per series.")] int? points,
        HttpRequest request,
        SeriesReader reader,
        IOptions<ApiOptions> options,
        IOptions<StorageOptions> limits,
        CancellationToken cancellationToken)
    {
        var (keys, wrong) = SeriesQuery.Parse(series, limits.Value.MaxSeries);
        if (wrong is not null)
        {
            return Problems.Invalid("invalid-series", wrong);
        }

        if (!Instants.TryRange(from, to, out var start, out var end, out var problem))
        {
            return problem;
        }

        var width = points ?? options.Value.DefaultPoints;
        IReadOnlyList<Series> answers;
        try
        {
            answers = await reader.ReadAsync([.. keys.Select(key => new SeriesRequest(key.HostId, key.EntityId, key.Metric, start, end, width))], cancellationToken);
        }
        catch (InvalidQueryException invalid)
        {
            return Problems.Invalid("invalid-query", invalid.Message);
        }

        if (request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals(Binary, StringComparison.OrdinalIgnoreCase)))
        {
            return TypedResults.File(SeriesBinary.Write(answers), Binary);
        }

        return TypedResults.Ok(new SeriesListAnswer([.. keys.Zip(answers, (key, one) => new SeriesAnswer(
            key.HostId, key.EntityId, key.Metric, one.Unit, one.Resolution, one.From.ToUnixTimeMilliseconds(), (long)one.Bucket.TotalMilliseconds, one.Min, one.Max, one.Mean))]));
    }
}
