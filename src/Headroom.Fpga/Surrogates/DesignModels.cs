using Headroom.Fpga.Surrogates.Rivals;
using Headroom.Fpga.Surrogates.Torch;
using Headroom.Learning.Training;

namespace Headroom.Fpga.Surrogates;

/// <summary>The models shown beside the champion, by name.</summary>
public static class DesignModels
{
    /// <summary>Every rival: tables first, then the networks of the literature.</summary>
    /// <param name="budget">Most work of a network; null takes each one's own budget.</param>
    /// <param name="progress">Told which network finished which epoch.</param>
    public static IReadOnlyList<IDesignModel> All(NetworkBudget? budget = null, Action<string, TrainingProgress>? progress = null) =>
        [.. RivalTable.Fast, .. TorchModels.All(budget, progress)];

    /// <summary>
    /// The rivals of these names; without names every one. Names may be parted by commas; "all" and "none" mean that, "tables" leaves out the networks,
    /// which train for minutes.
    /// </summary>
    /// <exception cref="ArgumentException">No rival has a name; the message lists those there are.</exception>
    public static IReadOnlyList<IDesignModel> Named(IReadOnlyList<string> names, NetworkBudget? budget = null, Action<string, TrainingProgress>? progress = null)
    {
        var wanted = names.SelectMany(name => name.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var all = All(budget, progress);
        return wanted switch
        {
            [] or ["all"] => all,
            ["tables"] => RivalTable.Fast,
            ["none"] => [],
            _ => [.. wanted.Select(name => all.FirstOrDefault(model => model.Name == name)
                ?? throw new ArgumentException($"Expected one of {string.Join(", ", all.Select(model => model.Name))}, all, tables or none, got '{name}'.", nameof(names)))],
        };
    }
}
