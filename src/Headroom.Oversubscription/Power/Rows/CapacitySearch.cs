using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// The largest number of servers at which no run brakes and the published promise to the requests is kept. The busiest minutes of every seed rule counts out by
/// bisection, then a week of requests does; what is left is confirmed over the whole time of every seed, from the top.
/// </summary>
public static class CapacitySearch
{
    private const double PromiseWeeks = 1;

    /// <param name="study">The row and its load.</param>
    /// <param name="policy">Who holds the row's power.</param>
    /// <param name="runs">Runs with different seeds per count.</param>
    /// <param name="most">Count to stop at.</param>
    /// <param name="progress">What is being tried.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static CapacityFound Find(RowStudy study, IPowerPolicy policy, int runs, int most, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var tried = new List<BrakeProbability>();
        var fewest = study.Settings.ProvisionedServers;
        var top = Largest(fewest, most, servers => Lasts(servers, busiestOnly: true));
        top = Largest(fewest, top, servers =>
        {
            progress?.Report($"{policy.Name}: {servers} servers, latency and throughput");
            return study.Compare(servers, [policy], Math.Min(PromiseWeeks, study.Weeks), null, cancellationToken)[0].Impact.KeepsPromise;
        });
        for (var servers = top; servers > fewest; servers--)
        {
            if (Lasts(servers, busiestOnly: false) && study.Compare(servers, [policy], null, cancellationToken)[0] is { Impact.KeepsPromise: true, Result.Brakes: 0 } kept)
            {
                return new CapacityFound(policy.Name, servers, kept, tried);
            }
        }

        return new CapacityFound(policy.Name, fewest, study.Compare(fewest, [policy], null, cancellationToken)[0], tried);

        bool Lasts(int servers, bool busiestOnly)
        {
            progress?.Report($"{policy.Name}: {servers} servers, {(busiestOnly ? "busiest minutes" : "whole time")}, {runs} seeds");
            var found = study.FirstBrake(servers, policy, runs, busiestOnly, cancellationToken);
            tried.Add(found);
            return found.Braked == 0;
        }
    }

    /// <summary>The largest count from <paramref name="fewest"/> to <paramref name="most"/> that fits, if every count below one that fits does too; the fewest is taken to fit.</summary>
    public static int Largest(int fewest, int most, Func<int, bool> fits)
    {
        var (fitting, tooMany) = (fewest, most + 1);
        while (tooMany - fitting > 1)
        {
            var middle = fitting + ((tooMany - fitting) / 2);
            (fitting, tooMany) = fits(middle) ? (middle, tooMany) : (fitting, middle);
        }

        return fitting;
    }
}

/// <summary>A recommended number of servers.</summary>
/// <param name="Policy">Under which policy.</param>
/// <param name="Servers">Largest count at which no run braked and the promise was kept.</param>
/// <param name="Outcome">Its run with the study's own seed.</param>
/// <param name="Tried">Every count tried: the runs that ended, and those of them that braked; the first brake ends the others.</param>
public sealed record CapacityFound(string Policy, int Servers, PolicyOutcome Outcome, IReadOnlyList<BrakeProbability> Tried);
