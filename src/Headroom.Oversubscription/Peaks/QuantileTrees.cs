using Headroom.Learning.LightGbm;
using Headroom.Learning.Tabular;
using Headroom.Oversubscription.Traces;

namespace Headroom.Oversubscription.Peaks;

/// <summary>Boosted trees for the (1 - risk) quantile of a host's use in the windows of a horizon, relative to its level and scale.</summary>
internal sealed class QuantileTrees(FleetTrace fleet, PeakSettings settings)
{
    private const int MaximumRows = 60_000;

    private readonly LightGbmOptions _options = new()
    {
        Objective = "quantile",
        Alpha = 1 - settings.Risk,
        Rounds = 120,
        Leaves = 15,
        MinRowsInLeaf = 40,
        LearningRate = 0.06,
        FeatureFraction = 0.7,
    };

    private LightGbmModel? _model;

    /// <summary>Learns from every horizon that ended before <paramref name="now"/>, thinned to a bounded number of rows.</summary>
    public void Fit(IReadOnlyList<FeatureLog.Moment> moments, int now, CancellationToken cancellationToken)
    {
        var random = new Random(settings.Seed);
        var ended = moments.Where(moment => moment.At + settings.HorizonWindows <= now).ToArray();
        var keep = Math.Min(1, MaximumRows / (double)Math.Max(1, ended.Length * fleet.Hosts.Count));
        var rows = new List<float[]>();
        var targets = new List<double>();
        foreach (var moment in ended)
        {
            for (var host = 0; host < fleet.Hosts.Count; host++)
            {
                if (fleet.Hosts[host].Requested[moment.At] == 0 || random.NextDouble() >= keep)
                {
                    continue;
                }

                var window = moment.At + random.Next(settings.HorizonWindows);
                rows.Add(moment.Rows[host]);
                targets.Add((fleet.Hosts[host].Total[window] - moment.Levels[host]) / moment.Scales[host]);
            }
        }

        _model?.Dispose();
        _model = rows.Count == 0 ? null : LightGbmModel.Train(new TabularSet(FeatureLog.Columns, [.. rows], [.. targets]), _options, settings.Seed, cancellationToken);
    }

    /// <summary>The forecast quantile per host, in the resource's unit; the level itself while no horizon has ended that could be learnt from.</summary>
    public double[] Forecast(FeatureLog.Moment moment) => _model is null ? moment.Levels : _model
        .Predict(moment.Rows)
        .Select((relative, host) => moment.Levels[host] + (relative * moment.Scales[host]))
        .ToArray();
}
