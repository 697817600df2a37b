using System.Text.Json;
using Headroom.Fpga.Parsing;
using Headroom.Web.Api.Telemetry;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Fpga;

/// <summary>A network to try things with.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Title">What it is, and where it was published.</param>
/// <param name="Network">Its description, as POST /api/v1/predictions/fpga takes it.</param>
internal sealed record FpgaExampleAnswer(string Name, string Title, JsonElement Network)
{
    public static FpgaExampleAnswer Of(ExampleNetwork example) => new(example.Name, example.Title, JsonSerializer.Deserialize<JsonElement>(example.Json));
}

/// <summary>Networks of the field to begin with.</summary>
internal static class FpgaExamplesApi
{
    public static void MapFpgaExamples(this IEndpointRouteBuilder api)
    {
        api.MapGet("/fpga/examples", List).WithName("ListFpgaExamples").WithSummary("Networks of the field by their published shapes, to begin with.");
        api.MapGet("/fpga/examples/{name}", Get).WithName("GetFpgaExample").WithSummary("One example network.");
    }

    [Versioned]
    private static Ok<Page<FpgaExampleAnswer>> List(IOptions<ApiOptions> options, int after = 0, int? limit = null) =>
        TypedResults.Ok(options.Value.Part([.. ExampleNetworks.All.Select(FpgaExampleAnswer.Of)], after, limit));

    [Versioned, Refuses("fpga-example-not-found")]
    private static Results<Ok<FpgaExampleAnswer>, ProblemHttpResult> Get(string name) => ExampleNetworks.Find(name) is { } example
        ? TypedResults.Ok(FpgaExampleAnswer.Of(example))
        : Problems.NotFound("fpga-example-not-found", $"name: expected one of {string.Join(", ", ExampleNetworks.All.Select(known => known.Name))}, got '{name}'.");
}
