using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Headroom.Client;

/// <summary>The server answered, and refused.</summary>
public sealed class ApiProblemException : HttpRequestException
{
    private ApiProblemException(ApiProblem problem, HttpStatusCode status, TimeSpan? retryAfter)
        : base($"The server answered {(int)status}: {problem.Detail ?? problem.Title ?? "it gave no reason"}", null, status) => (Problem, RetryAfter) = (problem, retryAfter);

    /// <summary>Why.</summary>
    public ApiProblem Problem { get; }

    /// <summary>When to ask again, if the server says so.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static async Task<ApiProblemException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ApiProblem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                problem = await response.Content.ReadFromJsonAsync<ApiProblem>(cancellationToken).ConfigureAwait(false);
            }
            catch (JsonException)
            {
                // Something between here and the server answered in its place; the status code is all there is.
            }
        }

        return new ApiProblemException(problem ?? new ApiProblem(null, response.ReasonPhrase, (int)response.StatusCode, null, null), response.StatusCode, response.Headers.RetryAfter?.Delta);
    }
}
