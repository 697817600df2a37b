using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Receiving;
using Headroom.Ingestion.Series;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Otlp;

/// <summary>Receives OTLP/HTTP metrics in protobuf or JSON, and answers in the same.</summary>
internal sealed class OtlpReceiver(RequestGate gate, ForeignIntake intake, IOptions<IngestionOptions> options)
{
    public const string Name = "otlp";

    /// <summary>What a JSON tree takes beyond its text, per byte of text at worst: 12 bytes for every token, of two bytes or more.</summary>
    private const int JsonTreeFactor = 6;

    public async Task<IResult> PostAsync(HttpContext http)
    {
        var sender = await gate.AdmitSenderAsync(http).ConfigureAwait(false);
        var isJson = OtlpAnswer.IsJson(http.Request);
        using var lease = gate.Lease();
        using var body = await ReadAsync(http, isJson, lease).ConfigureAwait(false);
        var taken = await intake.TakeAsync(sender, Name, (table, points) =>
        {
            if (isJson)
            {
                new OtlpJsonReader(table, points).Read(body.Memory);
            }
            else
            {
                new OtlpProtobufReader(table, points).Read(body.Span);
            }
        }).ConfigureAwait(false);
        return OtlpAnswer.Success(isJson, taken.Rejected);
    }

    private async ValueTask<PooledBody> ReadAsync(HttpContext http, bool isJson, MemoryLease lease)
    {
        var limit = isJson ? options.Value.MaxJsonBytes : options.Value.MaxDecompressedBytes;
        var sent = await gate.ReadBodyAsync(http, lease).ConfigureAwait(false);
        var body = await Decompression.DecompressAsync(sent, http.Request.Headers.ContentEncoding.ToString(), limit, lease, http.RequestAborted).ConfigureAwait(false);
        try
        {
            lease.Take(isJson ? (long)body.Length * JsonTreeFactor : 0);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }
}
