using Headroom.Oversubscription.Recommendations;

namespace Headroom.Oversubscription.Packing;

/// <summary>
/// Every workload's share of its host's joint peak, hour by hour: the peaks of the workloads, cut in proportion so that they sum to what
/// was used together. Peaks that did not meet are not counted twice.
/// </summary>
internal sealed class SlotShares
{
    private readonly Dictionary<string, double[]> _shares;

    public SlotShares(RecommendationInputs inputs, ResourcePast past)
    {
        var joint = new float[inputs.Windows];
        foreach (var workload in past.Workloads.Where(workload => Lives(inputs, workload)))
        {
            for (var index = 0; index < workload.Used.Length; index++)
            {
                joint[workload.FirstWindow + index] += workload.Used[index];
            }
        }

        var together = SlotUse.Peaks(joint, 0, inputs.Windows, inputs.WindowSeconds);
        var alone = past.Workloads.Where(workload => Lives(inputs, workload))
            .Select(workload => (Workload: workload, Peaks: SlotUse.Peaks(workload.Used, workload.FirstWindow, inputs.Windows, inputs.WindowSeconds)))
            .ToArray();
        var sums = Enumerable.Range(0, SlotUse.Slots).Select(slot => alone.Sum(machine => machine.Peaks[slot])).ToArray();
        _shares = alone.ToDictionary(
            machine => machine.Workload.Key,
            machine => IsColdWithLimit(inputs, machine.Workload)
                ? [.. Enumerable.Repeat(machine.Workload.Limit!.Value, SlotUse.Slots)]
                : machine.Peaks.Select((peak, slot) => sums[slot] > 0 ? peak * Math.Min(1, together[slot] / sums[slot]) : 0).ToArray());
    }

    /// <summary>What a workload counts as per hour, in the resource's unit; nothing where it does not use the resource.</summary>
    public double[] Of(string key) => _shares.GetValueOrDefault(key) ?? new double[SlotUse.Slots];

    public static bool Lives(RecommendationInputs inputs, WorkloadUse workload) => workload.FirstWindow + workload.Used.Length >= inputs.Windows;

    /// <summary>A workload too young for any advice counts as its limit, if it has one; early advice has its own margin.</summary>
    private static bool IsColdWithLimit(RecommendationInputs inputs, WorkloadUse workload) =>
        workload.Limit is > 0 && EarlyMargin.IsCold(inputs with { Windows = inputs.Windows - workload.FirstWindow });
}
