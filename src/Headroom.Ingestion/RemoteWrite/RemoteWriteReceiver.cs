using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Receiving;
using Headroom.Ingestion.Series;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.RemoteWrite;

/// <summary>
/// Receives Prometheus remote write 1.0. The status decides what Prometheus does next: it drops a request answered with 4xx, and sends
/// again what was answered with 5xx, until it succeeds. So everything that may pass is a 503, also a sender that is too fast: by default
/// Prometheus drops on 429.
/// </summary>
internal sealed class RemoteWriteReceiver(RequestGate gate, ForeignIntake intake, IOptions<IngestionOptions> options)
{
    public const string Name = "prometheus";
    private const string MediaType = "application/x-protobuf";

    public async Task<IResult> PostAsync(HttpContext http)
    {
        var sender = await gate.AdmitSenderAsync(http).ConfigureAwait(false);
        CheckHeaders(http.Request);
        using var lease = gate.Lease();
        using var body = await ReadAsync(http, lease).ConfigureAwait(false);
        var taken = await intake.TakeAsync(sender, Name, (table, points) => RemoteWriteReader.Read(body.Span, table, points)).ConfigureAwait(false);
        return taken.Rejected.Total == 0
            ? TypedResults.NoContent()
            : TypedResults.Text($"{taken.Rejected.Total} samples were refused, the others are stored: {taken.Rejected}", statusCode: StatusCodes.Status400BadRequest);
    }

    /// <summary>Refusals as Prometheus has to see them: plain text, and nothing that may pass as a 4xx.</summary>
    public static IResult Refuse(HttpContext http, Refusal refusal) => TypedResults.Text(
        $"{refusal.Title}: {refusal.Detail}",
        statusCode: refusal.MayRetry ? StatusCodes.Status503ServiceUnavailable : refusal.Status);

    private async ValueTask<PooledBody> ReadAsync(HttpContext http, MemoryLease lease)
    {
        var compressed = await gate.ReadBodyAsync(http, lease).ConfigureAwait(false);
        return Decompression.DecompressSnappyBlock(compressed, options.Value.MaxDecompressedBytes, lease);
    }

    private static void CheckHeaders(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        var isVersion1 = type.Equals(MediaType, StringComparison.OrdinalIgnoreCase) || type.Equals($"{MediaType};proto=prometheus.WriteRequest", StringComparison.OrdinalIgnoreCase);
        if (!isVersion1)
        {
            throw new UnsupportedEncodingException($"expected Content-Type {MediaType} (remote write 1.0), got '{type}'");
        }

        if (!string.Equals(request.Headers.ContentEncoding, "snappy", StringComparison.OrdinalIgnoreCase))
        {
            throw new UnsupportedEncodingException($"expected Content-Encoding snappy, got '{request.Headers.ContentEncoding}'");
        }
    }
}
