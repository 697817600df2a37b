using Headroom.Jobs.Work;
using Headroom.Oversubscription.Power.Rows;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Power;

/// <summary>Simulates a row of servers under every power policy.</summary>
internal sealed class PowerSimulationWork(IOptions<PowerOptions> options) : IWorkKind
{
    public string Name => PowerSimulationKind.Name;

    public Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var request = work.Arguments<PowerSimulationRequest>();
        if (request.Problems() is { Count: > 0 } problems)
        {
            throw new WorkFailedException(string.Join("; ", problems));
        }

        var answer = PowerSimulation.Run(request, options.Value.DatasetsFolder, new Relay(work), cancellationToken);
        return Task.FromResult<object?>(answer);
    }

    private sealed class Relay(WorkContext work) : IProgress<(double Share, string What)>
    {
        public void Report((double Share, string What) value) => work.Report(new WorkProgress(value.Share, value.What));
    }
}

/// <summary>Name under which simulations of a row are asked for.</summary>
public static class PowerSimulationKind
{
    public const string Name = "power-simulation";
}
