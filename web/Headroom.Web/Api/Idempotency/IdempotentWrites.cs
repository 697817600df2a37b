using System.Security.Cryptography;
using System.Text;
using Headroom.Storage.Requests;
using Headroom.Web.Access;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Idempotency;

/// <summary>
/// Runs <see cref="IdempotentAttribute"/> operations once per Idempotency-Key and caller: who repeats a request gets the first answer
/// again. Only answers that made something are kept; after a refusal the same key may try again.
/// </summary>
internal sealed class IdempotentWrites(RequestDelegate next, IdempotentRequests requests, IOptions<ApiOptions> options)
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotentAttribute>() is null || context.Request.Headers[Header] is not [{ } key, ..])
        {
            await next(context);
            return;
        }

        var limits = options.Value;
        if (key.Length < limits.ShortestIdempotencyKey || key.Length > limits.LongestIdempotencyKey || !key.All(letter => letter is > ' ' and <= '~'))
        {
            await Problems.Invalid("invalid-idempotency-key", $"{Header}: expected {limits.ShortestIdempotencyKey} to {limits.LongestIdempotencyKey} visible ASCII characters, for example a UUID, got {key.Length}.").ExecuteAsync(context);
            return;
        }

        var caller = $"{context.User.PersonId()}\n{context.User.Who()}\n{key}";
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(caller));
        var claim = await requests.ClaimAsync(id, await FingerprintAsync(context.Request), limits.IdempotencyLifetime, limits.IdempotencyRunningLimit, context.RequestAborted);
        switch (claim.State)
        {
            case IdempotentState.Claimed:
                await RunAsync(context, id, claim.ClaimedAt, caller);
                break;
            case IdempotentState.Running:
                context.Response.Headers.RetryAfter = "1";
                await Problems.Conflict("idempotent-request-running", $"The request with this {Header} has not been answered yet; send it again in a second.").ExecuteAsync(context);
                break;
            case IdempotentState.OtherRequest:
                await Problems.Unprocessable("idempotency-key-reused", $"{Header}: this key came before with another address or body; a key belongs to one request.").ExecuteAsync(context);
                break;
            default:
                await ReplayAsync(context, KeptAnswer.Open(claim.Answer!, caller));
                break;
        }
    }

    private async Task RunAsync(HttpContext context, byte[] id, DateTimeOffset claimedAt, string caller)
    {
        var sent = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        var isMade = false;
        try
        {
            await next(context);
            isMade = context.Response.StatusCode is >= 200 and < 300;
            if (isMade)
            {
                // Once something is made, nothing that happens to the caller may forget it.
                var answer = new KeptAnswer(context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location, body.ToArray());
                await requests.AnswerAsync(id, claimedAt, answer.Seal(caller), CancellationToken.None);
            }
        }
        finally
        {
            context.Response.Body = sent;
            if (!isMade)
            {
                await requests.ReleaseAsync(id, claimedAt, CancellationToken.None);
            }
        }

        body.Position = 0;
        await body.CopyToAsync(sent, context.RequestAborted);
    }

    private static async Task ReplayAsync(HttpContext context, KeptAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.Headers[ReplayedHeader] = "true";
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    /// <summary>Method, address and body: what makes two requests the same.</summary>
    private static async Task<byte[]> FingerprintAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(await SHA256.HashDataAsync(request.Body, request.HttpContext.RequestAborted));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
