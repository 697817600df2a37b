using System.Net;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Enrolling;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Receiving;

/// <summary>What every request passes before its body is looked at: who sends, how often, and whether there is room for it.</summary>
internal sealed class RequestGate(SenderKeys keys, RateLimits limits, MemoryBudget budget, IOptions<IngestionOptions> options)
{
    /// <summary>The agent whose key the request carries.</summary>
    /// <exception cref="RefusedException">The key is not accepted, or the agent is too fast.</exception>
    public ValueTask<Guid> AdmitAgentAsync(HttpContext http) => AdmitAsync(http, keys.IsAgentAsync);

    /// <summary>The ingest key that the request carries.</summary>
    /// <exception cref="RefusedException">The key is not accepted, or the sender is too fast.</exception>
    public ValueTask<Guid> AdmitSenderAsync(HttpContext http) => AdmitAsync(http, keys.IsIngestKeyAsync);

    /// <summary>Counts a failed attempt of this address; one that fails often has to wait.</summary>
    public void CountFailure(HttpContext http) => limits.CountFailure(AddressOf(http));

    /// <exception cref="RefusedException">This address failed so often that it has to wait.</exception>
    public void RefuseIfLockedOut(HttpContext http)
    {
        if (limits.IsLockedOut(AddressOf(http)))
        {
            throw new RefusedException(Refusal.TooManyFailures);
        }
    }

    /// <summary>Reads the body as it was sent, within its limit and the memory left.</summary>
    /// <exception cref="RefusedException">There is no room now.</exception>
    /// <exception cref="BodyTooLargeException">The body is over its limit.</exception>
    public async ValueTask<PooledBody> ReadBodyAsync(HttpContext http, MemoryLease lease)
    {
        var limit = options.Value.MaxBodyBytes;
        var length = http.Request.ContentLength;
        if (length > limit)
        {
            throw new BodyTooLargeException("the body", limit);
        }

        lease.Take(length ?? limit);
        return await BoundedReading.ReadAsync(http.Request.Body, length, limit, "the body", http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A lease on the memory budget; dispose it when the request is answered.</summary>
    public MemoryLease Lease() => new(budget);

    private async ValueTask<Guid> AdmitAsync(HttpContext http, Func<Credentials, CancellationToken, ValueTask<bool>> check)
    {
        RefuseIfLockedOut(http);
        if (Credentials.Parse(http.Request.Headers.Authorization) is not { } credentials
            || !await check(credentials, http.RequestAborted).ConfigureAwait(false))
        {
            CountFailure(http);
            throw new RefusedException(Refusal.Unauthorised);
        }

        return limits.TryRequest(credentials.Id)
            ? credentials.Id
            : throw new RefusedException(Refusal.RateExceeded($"{options.Value.RequestsPerSecondPerSender} requests per second"));
    }

    private static IPAddress AddressOf(HttpContext http) => http.Connection.RemoteIpAddress ?? IPAddress.None;
}
