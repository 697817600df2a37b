using System.Globalization;
using Headroom.Fpga.Assessment;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Sweeps;
using Headroom.Jobs.Work;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Fpga;

/// <summary>Predicts every design of a sweep.</summary>
public sealed class FpgaSweepWork(DesignPredictors predictors, BoardStore boards, IOptions<FpgaOptions> options) : IWorkKind
{
    public const string KindName = "fpga-sweep";

    public string Name => KindName;

    public async Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken)
    {
        var request = work.Arguments<SweepRequest>();
        var catalogue = await boards.ReadAsync(cancellationToken);
        try
        {
            var parsed = NetworkFile.Read(request.Network);
            var basis = request.Configuration is { } text ? Hls4mlYaml.Read(text, catalogue).For(parsed.Network) : parsed.Configuration ?? new HlsConfiguration();
            var space = request.Space();
            var count = space.Count;
            var progress = new Relay(share => work.Report(new Jobs.Work.WorkProgress(share, string.Create(CultureInfo.InvariantCulture, $"{share * count:0} of {count} designs"))));
            using var champion = predictors.Rent();
            var result = Sweep.Run(champion.Model, parsed.Network, AssumedTool.In(basis), space, catalogue, options.Value.SweepPoints, progress, cancellationToken);
            return SweepAnswer.Of(result, champion.Model.Model, parsed.Network.Name);
        }
        catch (NetworkFormatException refused)
        {
            throw new WorkFailedException(refused.Message, refused);
        }
    }

    private sealed class Relay(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
