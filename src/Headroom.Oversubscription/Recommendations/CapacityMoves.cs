namespace Headroom.Oversubscription.Recommendations;

/// <summary>Which workloads to move away from a host that is over: the fewest, the one whose leaving helps most first.</summary>
internal static class CapacityMoves
{
    public static IEnumerable<Move> For(RecommendationInputs inputs, ResourcePast past, ResourceAdvice advice)
    {
        if (!advice.IsOver)
        {
            yield break;
        }

        var stay = past.Workloads.ToList();
        var movable = stay.Where(workload => workload.Key.Length > 0 && workload.FirstWindow + workload.Used.Length >= inputs.Windows).ToList();
        var before = HighUse(stay, inputs);
        var need = advice.Advised;
        while (need > past.Capacity && movable.Count > 0 && before > 0)
        {
            // The bound moves with the high quantile of the joint use that it was put above.
            var (leaving, after) = movable.Select(workload => (workload, HighUse([.. stay.Where(other => other != workload)], inputs))).MinBy(choice => choice.Item2);
            movable.Remove(leaving);
            stay.Remove(leaving);
            need = advice.Advised * after / before;
            yield return new Move(leaving.Name, leaving.Key, past.Resource, need);
        }
    }

    /// <summary>The joint use that is exceeded in the risk's share of windows, in the resource's unit.</summary>
    internal static double HighUse(IReadOnlyList<WorkloadUse> workloads, RecommendationInputs inputs)
    {
        var totals = new double[inputs.Windows];
        foreach (var workload in workloads)
        {
            for (var index = 0; index < workload.Used.Length; index++)
            {
                totals[workload.FirstWindow + index] += workload.Used[index];
            }
        }

        Array.Sort(totals);
        return totals[Math.Clamp((int)Math.Ceiling((1 - inputs.Settings.Risk) * totals.Length) - 1, 0, totals.Length - 1)];
    }
}
