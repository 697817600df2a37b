using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Enrolling;
using Headroom.Ingestion.Receiving;
using Headroom.Telemetry.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using System.Text.Json;

namespace Headroom.Ingestion.Frames;

/// <summary>Turns tokens into agents, and old keys into new ones.</summary>
internal sealed partial class EnrolmentReceiver(Enrolment enrolment, RequestGate gate, ILogger<EnrolmentReceiver> logger)
{
    public const string Name = "enrolment";
    private const int MaxTextLength = 255;

    public async Task<JsonHttpResult<EnrolResponse>> EnrolAsync(HttpContext http)
    {
        gate.RefuseIfLockedOut(http);
        var request = await ReadAsync(http).ConfigureAwait(false);
        if (await enrolment.EnrolAsync(request, http.RequestAborted).ConfigureAwait(false) is not { } enrolled)
        {
            gate.CountFailure(http);
            throw new RefusedException(Refusal.Unauthorised with { Detail = "expected an enrolment token that is not used and not expired" });
        }

        Log.Enrolled(logger, request.Hostname, enrolled.AgentId);
        return TypedResults.Json(enrolled, WireJson.Default.EnrolResponse);
    }

    public async Task<JsonHttpResult<EnrolResponse>> RotateAsync(HttpContext http)
    {
        var agentId = await gate.AdmitAgentAsync(http).ConfigureAwait(false);
        var rotated = await enrolment.RotateAsync(agentId, http.RequestAborted).ConfigureAwait(false)
            ?? throw new RefusedException(Refusal.Unauthorised);
        Log.Rotated(logger, agentId);
        return TypedResults.Json(rotated, WireJson.Default.EnrolResponse);
    }

    private async ValueTask<EnrolRequest> ReadAsync(HttpContext http)
    {
        using var lease = gate.Lease();
        using var body = await gate.ReadBodyAsync(http, lease).ConfigureAwait(false);
        try
        {
            var request = JsonSerializer.Deserialize(body.Span, WireJson.Default.EnrolRequest);
            return request is not null && IsText(request.Token) && IsText(request.Hostname) && IsText(request.AgentVersion) && (request.MachineId is null or "" || IsText(request.MachineId))
                ? request
                : throw new MalformedBodyException($"expected token, hostname and agentVersion, and if any machineId, of 1 to {MaxTextLength} printable characters");
        }
        catch (JsonException exception)
        {
            throw new MalformedBodyException($"the body is not an enrolment request in JSON: {exception.Message}", exception);
        }
    }

    private static bool IsText(string? text) => text is { Length: > 0 and <= MaxTextLength } && !text.Any(char.IsControl);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Host {Hostname} is enrolled as agent {AgentId}")]
        public static partial void Enrolled(ILogger logger, string hostname, Guid agentId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Agent {AgentId} has a new key")]
        public static partial void Rotated(ILogger logger, Guid agentId);
    }
}
