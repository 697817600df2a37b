using Headroom.Oversubscription.Power.Polca;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>
/// The largest number of servers at which no run brakes and the published promise to the requests is kept. Goes up week by week: one week of every
/// seed rules a count out cheaply, the whole time then confirms what is left, from the top.
/// </summary>
public static class CapacitySearch
{
    private const double ScreenWeeks = 1;
    private const double FirstTry = 1.3;
    private const int Step = 2;

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
        var top = Screen(study, policy, runs, most, tried, progress, cancellationToken);
        for (var servers = top; servers > fewest; servers--)
        {
            progress?.Report($"{policy.Name}: {servers} servers, {study.Weeks:0.#} weeks, {runs} seeds");
            var whole = study.Brakes(servers, policy, study.Weeks, runs, null, cancellationToken);
            tried.Add(whole);
            if (whole.Braked == 0 && study.Compare(servers, [policy], null, cancellationToken)[0] is { Impact.KeepsPromise: true } kept)
            {
                return new CapacityFound(policy.Name, servers, kept, tried);
            }
        }

        return new CapacityFound(policy.Name, fewest, study.Compare(fewest, [policy], null, cancellationToken)[0], tried);
    }

    // One week of every seed, from a third more servers on up or down in steps: counts that brake within a week are far apart from those that last for six.
    private static int Screen(
        RowStudy study, IPowerPolicy policy, int runs, int most, List<BrakeProbability> tried, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var fewest = study.Settings.ProvisionedServers;
        var servers = Math.Min((int)Math.Round(FirstTry * fewest), most);
        var rising = true;
        while (true)
        {
            progress?.Report($"{policy.Name}: {servers} servers, one week, {runs} seeds");
            var week = study.Brakes(servers, policy, ScreenWeeks, runs, null, cancellationToken);
            tried.Add(week);
            if (week.Braked == 0 && (!rising || servers >= most))
            {
                return servers;
            }

            rising = tried.Count == 1 ? week.Braked == 0 : rising;
            if (rising && week.Braked > 0)
            {
                return servers - 1;
            }

            servers = rising ? Math.Min(servers + Step, most) : servers - Step;
            if (servers <= fewest)
            {
                return fewest;
            }
        }
    }
}

/// <summary>A recommended number of servers.</summary>
/// <param name="Policy">Under which policy.</param>
/// <param name="Servers">Largest count at which no run braked and the promise was kept.</param>
/// <param name="Outcome">Its run with the study's own seed.</param>
/// <param name="Tried">Every count tried, with its probability of a brake.</param>
public sealed record CapacityFound(string Policy, int Servers, PolicyOutcome Outcome, IReadOnlyList<BrakeProbability> Tried);
