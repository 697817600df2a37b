using System.Net.Http.Headers;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>A request that can be sent again, changed.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with query.</param>
/// <param name="ContentType">Null for none.</param>
/// <param name="Body">Empty for none.</param>
/// <param name="Encoding">Content-Encoding; null for none.</param>
/// <param name="Authorization">Null for none.</param>
internal sealed record FuzzRequest(HttpMethod Method, string Path, string? ContentType, byte[] Body, string? Encoding = null, AuthenticationHeaderValue? Authorization = null)
{
    private const int ShownBytes = 3_000;

    public HttpRequestMessage Message()
    {
        var message = new HttpRequestMessage(Method, new Uri(Path, UriKind.Relative)) { Content = new ByteArrayContent(Body) };
        if (ContentType is not null)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        if (Encoding is not null)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Encoding", Encoding);
        }

        message.Headers.Authorization = Authorization;
        return message;
    }

    /// <summary>Enough to send it again by hand.</summary>
    public override string ToString() =>
        $"{Method} {Path} {ContentType} {Encoding}, {Body.Length} bytes: {Convert.ToBase64String(Body.AsSpan(0, Math.Min(Body.Length, ShownBytes)))}";
}
