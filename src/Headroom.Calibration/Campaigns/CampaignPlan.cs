using Headroom.Calibration.Probes;
using Headroom.Calibration.RunSets;

namespace Headroom.Calibration.Campaigns;

/// <summary>
/// Which runs a campaign makes, and in which order. The same options, applications and seed give the same plan, so that a campaign
/// can go on where it stopped. Runs alone are spread over the whole campaign: the machine at its end is compared with the machine at its end.
/// </summary>
public static class CampaignPlan
{
    private static readonly int[] Loads = [1, 2];

    /// <summary>Makes the plan.</summary>
    /// <param name="options">How many runs, how many alone, the seed.</param>
    /// <param name="applications">Those that are installed.</param>
    /// <exception cref="ArgumentException">No application can be measured.</exception>
    public static IReadOnlyList<PlannedRun> Make(CampaignOptions options, IReadOnlyList<Application> applications)
    {
        var measured = applications.Where(application => application.IsMeasured).ToList();
        if (measured.Count == 0)
        {
            throw new ArgumentException("expected at least one application whose speed can be measured", nameof(applications));
        }

        var random = new Random(options.Seed);
        var targets = measured.SelectMany(application => Loads.Select(threads => (application.Name, threads))).ToList();
        var alone = Math.Max(targets.Count, (int)Math.Round(options.Runs * options.AloneRatio));
        var runs = new List<(string Name, int Threads, IReadOnlyList<Neighbour> Neighbours)>();
        for (var i = 0; i < options.Runs; i++)
        {
            var (name, threads) = targets[i % targets.Count];
            runs.Add((name, threads, i < alone ? [] : Neighbours(random, options.MaxNeighbours, applications)));
        }

        Shuffle(random, runs);
        return [.. runs.Select((run, i) => new PlannedRun(i + 1, run.Name, run.Threads, run.Neighbours))];
    }

    private static List<Neighbour> Neighbours(Random random, int most, IReadOnlyList<Application> applications) =>
    [
        .. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => new Neighbour(
            applications[random.Next(applications.Count)].Name,
            Loads[random.Next(Loads.Length)],
            random.Next(3) == 0 ? Math.Round(0.5 + (random.NextDouble() * 2.5), 1) : null)),
    ];

    private static void Shuffle<T>(Random random, List<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
