using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Commit;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Http;

namespace Headroom.Ingestion.Receiving;

/// <summary>Why a whole request is refused.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Type">Stable type URI of the problem.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Detail">What was expected, and what came.</param>
/// <param name="MayRetry">The same request may succeed later: the answer carries Retry-After.</param>
internal sealed record Refusal(int Status, string Type, string Title, string Detail, bool MayRetry = false)
{
    public static Refusal Unauthorised { get; } = new(
        StatusCodes.Status401Unauthorized, "urn:headroom:ingest:unauthorised", "Key not accepted",
        "expected Authorization: Bearer <id>.<key> (or Basic, id as user and key as password) of a sender that is enrolled and not revoked");

    public static Refusal TooManyFailures { get; } = new(
        StatusCodes.Status429TooManyRequests, "urn:headroom:ingest:too-many-failures", "Too many wrong keys",
        "this address sent too many keys that were not accepted", MayRetry: true);

    public static Refusal Busy { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "urn:headroom:ingest:busy", "Server is busy",
        "as many bytes as the server may hold are waiting for the store", MayRetry: true);

    public static Refusal RateExceeded(string limit) => new(
        StatusCodes.Status429TooManyRequests, "urn:headroom:ingest:rate-exceeded", "Sender is too fast", $"the limit is {limit}", MayRetry: true);

    /// <summary>The refusal that an exception stands for; null for one that is a fault of ours.</summary>
    public static Refusal? From(Exception exception) => exception switch
    {
        RefusedException refused => refused.Refusal,
        BodyTooLargeException => new(
            StatusCodes.Status413PayloadTooLarge, "urn:headroom:ingest:body-too-large", "Body is too large", exception.Message),
        UnsupportedEncodingException => new(
            StatusCodes.Status415UnsupportedMediaType, "urn:headroom:ingest:unsupported-encoding", "Encoding is not supported", exception.Message),
        MalformedBodyException or FrameBatchFormatException => new(
            StatusCodes.Status400BadRequest, "urn:headroom:ingest:malformed", "Body is malformed", exception.Message),
        BadHttpRequestException http => new(
            http.StatusCode, "urn:headroom:ingest:bad-request", "Request is not valid", exception.Message),
        ServerStoppingException => Busy with { Title = "Server is stopping", Detail = exception.Message },
        OperationCanceledException => Busy with { Title = "Server is stopping", Detail = "the server stopped before the write was committed" },
        _ when StoreFailure.IsPassing(exception) => new(
            StatusCodes.Status503ServiceUnavailable, "urn:headroom:ingest:store-unavailable", "Store is not available",
            "the database did not take the write; nothing of it was stored", MayRetry: true),
        _ => null,
    };
}
