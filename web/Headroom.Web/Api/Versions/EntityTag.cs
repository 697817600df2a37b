using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Headroom.Web.Api.Versions;

/// <summary>Entity tags: the hash of an answer's bytes, so that equal tags are equal answers and nobody has to count versions.</summary>
internal sealed class EntityTag(IOptions<JsonOptions> json)
{
    private const int HashBytes = 16;

    /// <summary>Tag of the bytes of an answer.</summary>
    public static EntityTagHeaderValue OfBytes(ReadOnlySpan<byte> body) => new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, HashBytes))}\"");

    /// <summary>Tag that reading this answer would give.</summary>
    public EntityTagHeaderValue Of<T>(T answer) => OfBytes(JsonSerializer.SerializeToUtf8Bytes(answer, json.Value.SerializerOptions));

    /// <summary>Gives an answer the tag of the part of it that people decide.</summary>
    public void Mark<T>(HttpResponse response, T decided) => response.GetTypedHeaders().ETag = Of(decided);

    /// <summary>Whether a change may go on: the request has no If-Match, or it names the present answer (<c>*</c>: any).</summary>
    /// <param name="request">The request.</param>
    /// <param name="present">What reading would answer now; null when there is nothing.</param>
    public bool Permits<T>(HttpRequest request, T? present)
        where T : class
    {
        var wanted = request.GetTypedHeaders().IfMatch;
        return wanted.Count == 0 || (present is not null && (wanted.Contains(EntityTagHeaderValue.Any) || wanted.Any(tag => tag.Compare(Of(present), useStrongComparison: true))));
    }
}
