using Headroom.Storage;
using Headroom.Storage.Reading;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>One-minute roll-ups of some metrics of one entity over a past.</summary>
/// <param name="Mean">Means by metric and step; null where nothing was measured.</param>
/// <param name="Max">Largest values.</param>
/// <param name="Min">Smallest values.</param>
public sealed record MinuteCourse(double?[][] Mean, double?[][] Max, double?[][] Min);

/// <summary>Reads long pasts minute by minute, in pieces that the store answers.</summary>
public sealed class MinuteCourses(SeriesReader series, IOptions<StorageOptions> options)
{
    private const int MinutesPerQuestion = 2_880;

    /// <summary>The past of one entity.</summary>
    /// <exception cref="InvalidQueryException">The catalogue has no such metric for the entity's kind.</exception>
    public async Task<MinuteCourse> ReadAsync(FleetEntity entity, IReadOnlyList<string> metrics, AlertPast past, CancellationToken cancellationToken)
    {
        var (mean, max, min) = (Empty(metrics, past), Empty(metrics, past), Empty(metrics, past));
        var piece = Math.Min(MinutesPerQuestion, options.Value.MaxPointsPerSeries - 1);
        for (var start = 0; start < past.Count; start += piece)
        {
            var (from, to) = (past.From + (start * AlertPast.Step), past.From + (Math.Min(past.Count, start + piece) * AlertPast.Step));
            // One point more than there are minutes, so that the buckets are minutes exactly.
            var requests = metrics.Select(metric => new SeriesRequest(entity.HostId, entity.EntityId, metric, from, to, (int)((to - from) / AlertPast.Step) + 1)).ToList();
            var answers = await series.ReadAsync(requests, cancellationToken).ConfigureAwait(false);
            foreach (var (metric, answer) in answers.Index())
            {
                var offset = (int)((answer.From - past.From) / AlertPast.Step);
                for (var i = 0; i < answer.Mean.Length; i++)
                {
                    if (offset + i >= 0 && offset + i < past.Count)
                    {
                        (mean[metric][offset + i], max[metric][offset + i], min[metric][offset + i]) = (answer.Mean[i], answer.Max[i], answer.Min[i]);
                    }
                }
            }
        }

        return new MinuteCourse(mean, max, min);
    }

    private static double?[][] Empty(IReadOnlyList<string> metrics, AlertPast past) => [.. metrics.Select(_ => new double?[past.Count])];
}
