using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Headroom.Client;

/// <summary>Sends requests to addresses of the API and reads the answers.</summary>
/// <param name="http">Its base address is the server.</param>
public sealed class ApiCalls(HttpClient http)
{
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Reads an address.</summary>
    /// <param name="address">For example <c>/api/v1/hosts</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiProblemException">The server refused.</exception>
    public async Task<T> GetAsync<T>(string address, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, address, null, null, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every item of a list, part by part.</summary>
    /// <param name="address">Without <c>after</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiProblemException">The server refused.</exception>
    public async IAsyncEnumerable<T> ListAsync<T>(string address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int? after = 0; after is { } from;)
        {
            var page = await GetAsync<Page<T>>($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={from}", cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            after = page.Next;
        }
    }

    /// <summary>Sends a body, as JSON, and reads the answer.</summary>
    /// <param name="address">For example <c>/api/v1/backtests</c>.</param>
    /// <param name="body">What is asked; null for nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="idempotencyKey">Names the request, so that sending it again makes nothing twice.</param>
    /// <exception cref="ApiProblemException">The server refused.</exception>
    public async Task<T> PostAsync<T>(string address, object? body, CancellationToken cancellationToken, string? idempotencyKey = null)
    {
        using var content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json);
        using var response = await SendAsync(HttpMethod.Post, address, content, idempotencyKey, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an address as it comes, for example a page or binary series; the caller disposes of the answer.</summary>
    /// <param name="address">For example <c>/api/v1/live?s=1:2:system.cpu.utilization</c>.</param>
    /// <param name="completion">Whether to wait for the body.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="accept">Media type that is wanted.</param>
    /// <exception cref="ApiProblemException">The server refused.</exception>
    public Task<HttpResponseMessage> OpenAsync(string address, HttpCompletionOption completion, CancellationToken cancellationToken, string? accept = null) =>
        SendAsync(HttpMethod.Get, address, null, null, completion, cancellationToken, accept);

    internal async Task<bool> SucceedsAsync(string address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(Relative(address), cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string address, HttpContent? content, string? idempotencyKey, HttpCompletionOption completion, CancellationToken cancellationToken, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, Relative(address)) { Content = content };
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add(IdempotencyKey, idempotencyKey);
        }

        var response = await http.SendAsync(request, completion, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiProblemException.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false)
            ?? throw new JsonException($"{response.RequestMessage?.RequestUri}: expected {typeof(T).Name} as JSON, got null.");

    private static Uri Relative(string address) => new(address, UriKind.Relative);
}
