using System.Runtime.CompilerServices;

namespace Headroom.Client.Series;

/// <summary>Values over time.</summary>
public sealed class SeriesCalls
{
    private const string Binary = "application/octet-stream";
    private const string Data = "data:";

    private readonly ApiCalls _calls;

    internal SeriesCalls(ApiCalls calls) => _calls = calls;

    /// <summary>Reads series.</summary>
    /// <exception cref="ApiProblemException">There are no such series, or too many points.</exception>
    public async Task<IReadOnlyList<StoredSeries>> ReadAsync(SeriesQuestion question, CancellationToken cancellationToken) =>
        (await _calls.GetAsync<StoredSeriesList>(question.Address, cancellationToken).ConfigureAwait(false)).Series;

    /// <summary>Reads series in the binary form that charts are drawn from: <c>HRS1</c>, then per series a header and three float32 arrays.</summary>
    /// <exception cref="ApiProblemException">There are no such series, or too many points.</exception>
    public async Task<byte[]> ReadBinaryAsync(SeriesQuestion question, CancellationToken cancellationToken)
    {
        using var response = await _calls.OpenAsync(question.Address, HttpCompletionOption.ResponseContentRead, cancellationToken, Binary).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Follows series as they are stored: each piece of news is a JSON array <c>[[unixMs, value, …], …]</c>.</summary>
    /// <param name="question">Which; the range does not matter.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="ApiProblemException">There are no such series, or too many follow.</exception>
    public async IAsyncEnumerable<string> FollowAsync(SeriesQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _calls.OpenAsync($"/api/v1/live?{question.Key}", HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                yield return line[Data.Length..].Trim();
            }
        }
    }
}
