using System.Text.Json.Nodes;
using Google.Protobuf;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Receiving;
using Headroom.Ingestion.Series;
using Microsoft.AspNetCore.Http;

namespace Headroom.Ingestion.Otlp;

/// <summary>
/// Answers of OTLP/HTTP: an ExportMetricsServiceResponse with the partial success, or a google.rpc.Status, in the encoding of the
/// request.
/// </summary>
internal static class OtlpAnswer
{
    private const string ProtobufType = "application/x-protobuf", JsonType = "application/json";
    private const int StatusMessageField = 2;

    /// <exception cref="UnsupportedEncodingException">Neither protobuf nor JSON.</exception>
    public static bool IsJson(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        var media = type.Split(';')[0].Trim();
        return media.Equals(JsonType, StringComparison.OrdinalIgnoreCase)
            || (media.Equals(ProtobufType, StringComparison.OrdinalIgnoreCase)
                ? false
                : throw new UnsupportedEncodingException($"expected Content-Type {ProtobufType} or {JsonType}, got '{type}'"));
    }

    /// <summary>200; with the points that were refused, if any.</summary>
    public static IResult Success(bool isJson, Rejections rejected)
    {
        if (isJson)
        {
            var answer = rejected.Total == 0
                ? new JsonObject()
                : new JsonObject { ["partialSuccess"] = new JsonObject { ["rejectedDataPoints"] = $"{rejected.Total}", ["errorMessage"] = rejected.ToString() } };
            return TypedResults.Text(answer.ToJsonString(), JsonType);
        }

        return TypedResults.Bytes(rejected.Total == 0 ? [] : PartialSuccess(rejected), ProtobufType);
    }

    /// <summary>A refusal as a google.rpc.Status.</summary>
    public static IResult Refuse(HttpContext http, Refusal refusal)
    {
        var message = $"{refusal.Title}: {refusal.Detail}";
        var media = (http.Request.ContentType ?? "").Split(';')[0].Trim();
        return media.Equals(JsonType, StringComparison.OrdinalIgnoreCase)
            ? TypedResults.Text(new JsonObject { ["message"] = message }.ToJsonString(), JsonType, statusCode: refusal.Status)
            : new BytesWithStatus(Message(output =>
            {
                output.WriteTag(StatusMessageField, WireFormat.WireType.LengthDelimited);
                output.WriteString(message);
            }), ProtobufType, refusal.Status);
    }

    private static byte[] PartialSuccess(Rejections rejected) => Message(output =>
    {
        output.WriteTag(OtlpFields.ResponsePartialSuccess, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(partial =>
        {
            partial.WriteTag(OtlpFields.PartialSuccessRejected, WireFormat.WireType.Varint);
            partial.WriteInt64(rejected.Total);
            partial.WriteTag(OtlpFields.PartialSuccessMessage, WireFormat.WireType.LengthDelimited);
            partial.WriteString(rejected.ToString());
        })));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }

    private sealed class BytesWithStatus(byte[] content, string contentType, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = contentType;
            return httpContext.Response.Body.WriteAsync(content, httpContext.RequestAborted).AsTask();
        }
    }
}
