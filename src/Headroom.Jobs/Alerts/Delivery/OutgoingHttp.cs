using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Headroom.Jobs.Alerts.Delivery;

/// <summary>
/// Posts to receivers outside. It follows no redirects, uses no proxy, and connects only to addresses that <see cref="AddressGuard"/> lets pass, checked after the name was
/// looked up. Addresses may be secrets, so nothing of it is traced or logged.
/// </summary>
public sealed class OutgoingHttp : IDisposable
{
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    private readonly AddressGuard _guard;
    private readonly HttpClient _client;

    public OutgoingHttp(AddressGuard guard)
    {
        _guard = guard;
#pragma warning disable CA2000 // The client owns its handler.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = ConnectionLife,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
        });
#pragma warning restore CA2000
        _client.Timeout = Timeout.InfiniteTimeSpan;
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Headroom", null));
    }

    /// <summary>Posts JSON; returns when the receiver answered with success.</summary>
    /// <exception cref="AlertDeliveryException">It did not answer, or not with success.</exception>
    public async Task PostAsync(string address, byte[] json, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address)) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                throw new AlertDeliveryException($"the receiver answered {(int)answer.StatusCode} {answer.StatusCode}");
            }
        }
        catch (HttpRequestException failure)
        {
            throw new AlertDeliveryException(failure.InnerException is AlertDeliveryException refused ? refused.Message : $"the receiver cannot be reached: {Reason(failure)}", failure);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private static string Reason(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is not known",
        HttpRequestError.SecureConnectionError => "TLS failed, or its certificate is not trusted",
        HttpRequestError.ConnectionError => "it does not accept connections",
        _ => "the connection broke",
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(context.DnsEndPoint.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = addresses.Where(address => _guard.RefusedBy(address) is null).ToArray();
        if (allowed.Length == 0)
        {
            throw new AlertDeliveryException(addresses.Length == 0
                ? "the name of the receiver leads nowhere"
                : $"the receiver lies in the network {_guard.RefusedBy(addresses[0])}, which is refused (Headroom:Alerts:RefusedNetworks)");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
