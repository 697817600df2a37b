using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Headroom.Jobs.Fpga;

/// <summary>Reads the model while the program starts, so that the first person does not wait for it.</summary>
internal sealed partial class PredictorWarmUp(DesignPredictors predictors, ILogger<PredictorWarmUp> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            try
            {
                using var model = predictors.Rent();
                Ready(logger, model.Model.Model.Id);
            }
            catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // Everything else works without it; whoever asks for a prediction is told.
                Unusable(logger, unusable);
            }
        },
        stoppingToken);

    [LoggerMessage(Level = LogLevel.Information, Message = "FPGA model {Model} is ready")]
    private static partial void Ready(ILogger logger, string model);

    [LoggerMessage(Level = LogLevel.Error, Message = "The FPGA model cannot be read; see Headroom:Fpga:ModelFile")]
    private static partial void Unusable(ILogger logger, Exception exception);
}
