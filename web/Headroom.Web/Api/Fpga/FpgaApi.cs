using System.Security.Claims;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Jobs.Fpga;
using Headroom.Jobs.Work;
using Headroom.Web.Access;
using Headroom.Web.Api.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Headroom.Web.Api.Fpga;

/// <summary>FPGA predictions: one design at once, thousands as a job.</summary>
internal static class FpgaApi
{
    public static void MapFpgaApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("FPGA");
        api.MapPost("/predictions/fpga", PredictAsync).AsQuestion().WithName("PredictFpga").Accepts<IFormFile>("multipart/form-data", "application/json")
            .WithSummary("Resources, latency and synthesis success of a network before synthesis: a model file, or JSON {network, configuration, board}.");
        api.MapPost("/fpga/sweeps", SweepAsync).WithName("SweepFpga").WithSummary("Predicts every combination of precisions, reuse factors, strategies and boards, as a job.");
        api.MapGet("/fpga/model", Model)
            .WithName("GetFpgaModel").WithSummary("The model that answers: what it was trained on and how well it did.");
        api.MapFpgaBoards();
    }

    private static Ok<FpgaModelAnswer> Model(DesignPredictors predictors)
    {
        using var champion = predictors.Rent();
        return TypedResults.Ok(FpgaModelAnswer.Of(champion.Model.Model));
    }

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
