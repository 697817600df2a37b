using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.EndToEnd.Tests.Api;

namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>Every operation of the API that takes a body: the requests of <c>docs/http</c> and bodies by its description, twisted.</summary>
internal static class ApiTargets
{
    private const string Json = "application/json";

    /// <param name="recorded">Requests that were sent, in their order.</param>
    public static IReadOnlyList<FuzzTarget> Make(IReadOnlyList<FuzzRequest> recorded)
    {
        var document = ApiDocument.CheckedIn();
        var bodies = new SchemaBodies(document);
        return
        [
            .. document.Operations.Where(operation => operation.Element.TryGetProperty("requestBody", out _)).Select(operation =>
            {
                var known = recorded.Where(request => operation.Answers(request.Method.Method, request.Path.Split('?')[0])).ToArray();
                return new FuzzTarget(operation.ToString(), random => Twisted(operation, known, bodies, random));
            }),
        ];
    }

    private static FuzzRequest Twisted(ApiOperation operation, FuzzRequest[] known, SchemaBodies bodies, Random random)
    {
        var seed = known[random.Next(known.Length)];
        var body = seed.ContentType?.StartsWith(Json, StringComparison.Ordinal) == true && random.Next(2) == 0 ? Parsed(seed.Body) : bodies.Of(operation, random);
        return new FuzzRequest(seed.Method, seed.Path, Json, JsonTwist.Of(body, random));
    }

    private static JsonNode? Parsed(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
