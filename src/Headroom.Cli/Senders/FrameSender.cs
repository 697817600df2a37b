using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Headroom.Ingestion.Enrolling;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Wire;

namespace Headroom.Cli.Senders;

/// <summary>One enrolled agent as the server sees it: an id, a key, and frames over HTTP that are sent again while the server asks to wait.</summary>
internal sealed class FrameSender
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(1);

    private readonly HttpClient _server;
    private readonly AuthenticationHeaderValue _authorization;

    private FrameSender(HttpClient server, EnrolResponse enrolled)
    {
        (_server, AgentId) = (server, enrolled.AgentId);
        _authorization = new AuthenticationHeaderValue(IngestContract.AuthenticationScheme, IngestContract.Credentials(enrolled.AgentId, enrolled.Key));
    }

    public Guid AgentId { get; }

    /// <summary>Enrols at the server with a token made for it, as a real agent does.</summary>
    /// <param name="server">Client whose base address is the server.</param>
    /// <param name="enrolment">Makes the token.</param>
    /// <param name="host">Name of the host for people.</param>
    /// <param name="machineId">By which a host that enrols again is known.</param>
    /// <param name="purpose">What the token was for, as the page of agents lists it; the version of the agent too.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<FrameSender> EnrolAsync(
        HttpClient server, Enrolment enrolment, string host, string machineId, string purpose, CancellationToken cancellationToken)
    {
        var token = await enrolment.CreateTokenAsync(purpose, TokenLifetime, cancellationToken);
        var request = new EnrolRequest(token, host, machineId, purpose, MetricCatalogue.Current.Version);
        using var response = await server.PostAsJsonAsync(new Uri(IngestContract.EnrolPath, UriKind.Relative), request, WireJson.Default.EnrolRequest, cancellationToken);
        response.EnsureSuccessStatusCode();
        return new FrameSender(server, (await response.Content.ReadFromJsonAsync(WireJson.Default.EnrolResponse, cancellationToken))!);
    }

    /// <summary>Sends an encoded batch and returns once the server has committed it.</summary>
    /// <exception cref="HttpRequestException">The server refused the batch; the message holds what it said.</exception>
    public async Task SendAsync(byte[] batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(IngestContract.FramesPath, UriKind.Relative)) { Content = new ByteArrayContent(batch) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(FrameBatchCodec.ContentType);
            request.Headers.Authorization = _authorization;
            using var response = await _server.SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? DefaultWait, cancellationToken);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new HttpRequestException($"the server answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }

            return;
        }
    }
}
