using System.Security.Claims;
using System.Text.Json;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Jobs.Fpga;
using Headroom.Jobs.Work;
using Headroom.Web.Access;
using Headroom.Web.Api.Idempotency;
using Headroom.Web.Api.Jobs;
using Headroom.Web.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Fpga;

/// <summary>A design to predict. A form sends the same: the file <c>model</c> in any format that is read, <c>configuration</c> and <c>board</c>.</summary>
/// <param name="Network">A network in any format that is JSON.</param>
/// <param name="Configuration">hls4ml's configuration, as an object or as YAML text.</param>
/// <param name="Board">Name of a board, from GET /api/v1/fpga/boards.</param>
internal sealed record FpgaDesignRequest(JsonElement Network, JsonElement? Configuration, string? Board);

/// <summary>FPGA predictions: one design at once, thousands as a job.</summary>
internal static class FpgaApi
{
    public static void MapFpgaApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("FPGA");
        api.MapPost("/predictions/fpga", PredictAsync).AsQuestion().WithName("PredictFpga").Accepts<FpgaDesignRequest>("application/json", "multipart/form-data")
            .WithSummary("Resources, latency and synthesis success of a network before synthesis: a model file, or JSON {network, configuration, board}.");
        api.MapPost("/fpga/sweeps", SweepAsync).WithName("SweepFpga").Accepts<SweepRequest>("application/json", "multipart/form-data").WithSummary("Predicts every combination of precisions, reuse factors, strategies and boards, as a job.");
        api.MapGet("/fpga/model", Model)
            .WithName("GetFpgaModel").WithSummary("The model that answers: what it was trained on and how well it did.");
        api.MapFpgaBoards();
        api.MapFpgaExamples();
    }

    [Versioned]
    private static Ok<FpgaModelAnswer> Model(DesignPredictors predictors)
    {
        using var champion = predictors.Rent();
        return TypedResults.Ok(FpgaModelAnswer.Of(champion.Model.Model));
    }

    [Refuses("invalid-fpga-design")]
    private static async Task<Results<Ok<FpgaAnswer>, ProblemHttpResult>> PredictAsync(
        HttpRequest request, DesignPredictors predictors, BoardStore boards, IOptions<FpgaOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var upload = await ModelUpload.ReadAsync(request, options.Value, cancellationToken);
            var parsed = NetworkFile.Read(upload.Name, upload.Model, new NetworkLimits { FileBytes = options.Value.UploadBytes });
            using var champion = predictors.Rent();
            var design = DesignAssessment.Of(champion.Model, parsed, upload.Configuration, upload.Board, await boards.ReadAsync(cancellationToken));
            return TypedResults.Ok(FpgaAnswer.Of(design, parsed.Format, clock.GetUtcNow()));
        }
        catch (NetworkFormatException refused)
        {
            return Problems.Invalid("invalid-fpga-design", refused.Message);
        }
    }

    [Idempotent, Refuses("invalid-fpga-sweep", "sweep-too-large")]
    private static async Task<Results<Accepted<JobAccepted>, ProblemHttpResult>> SweepAsync(
        HttpRequest http, ClaimsPrincipal person, BoardStore boards, IOptions<FpgaOptions> options, WorkQueue queue, CancellationToken cancellationToken)
    {
        SweepRequest request;
        try
        {
            // Whatever the worker would refuse is refused here, while somebody listens.
            request = await ModelUpload.ReadSweepAsync(http, options.Value, cancellationToken);
            var network = NetworkFile.Read(request.Network).Network;
            var catalogue = await boards.ReadAsync(cancellationToken);
            var basis = request.Configuration is { } text ? Hls4mlYaml.Read(text, catalogue).For(network) : new HlsConfiguration();
            var space = request.Space();
            if (space.Count > options.Value.SweepPoints)
            {
                return Problems.Invalid("sweep-too-large", $"The lists combine to {space.Count} designs, at most {options.Value.SweepPoints} are predicted at once; shorten one.");
            }

            _ = space.Designs(basis, catalogue).FirstOrDefault();
        }
        catch (NetworkFormatException refused)
        {
            return Problems.Invalid("invalid-fpga-sweep", refused.Message);
        }

        return JobsApi.Accepted(await queue.EnqueueAsync(FpgaSweepWork.KindName, request, person.Who(), cancellationToken));
    }
}
