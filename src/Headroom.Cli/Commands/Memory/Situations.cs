using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Commands.Memory;

/// <summary>
/// Where a cost model is good enough to plan with: rows of one kind, the target they are held to, and whether the model claims it there. Several
/// processes on the Adam rows are outside the claim: series of the same size differ more than the target.
/// </summary>
internal sealed record Situation<T>(string Figure, string Name, Func<T, bool> Holds, double TargetPercent, bool IsClaimed = true);

internal static class Situations
{
    private static readonly IReadOnlyList<Situation<AdamRow>> Adam =
    [
        new("adam.worst_large", "Adam, 1 process, 545 M and 671 M elements", row => row is { Processes: 1, Elements: > 5e8 }, 5),
        new("adam.worst_medium", "Adam, 1 process, 20 M to 75 M elements", row => row is { Processes: 1, Elements: > 2e7 and < 8e7 }, 20),
        new("adam.worst_large_two_processes", "Adam, 2 processes, 545 M and 671 M elements", row => row is { Processes: > 1, Elements: > 5e8 }, 5, IsClaimed: false),
        new("adam.worst_medium_two_processes", "Adam, 2 processes, 20 M to 75 M elements", row => row is { Processes: > 1, Elements: > 2e7 and < 8e7 }, 20, IsClaimed: false),
    ];

    // Contention is a fact of the row: several GPUs, pages on the card, and a size where buffers no longer hide it.
    private static readonly IReadOnlyList<Situation<CopyRow>> Copies =
        [new("copy.contended_worst", "copies, 2 GPUs on one card, 256 MiB and more", row => row is { Gpus: > 1, CxlShare: > 0, Bytes: >= 256 << 20 }, 10)];

    public static void Add(IReadOnlyList<Held<AdamRow>> adam, IReadOnlyList<Held<CopyRow>> copies, List<Figure> figures, List<Table> tables)
    {
        var rows = new List<IReadOnlyList<object?>>();
        Add(Adam, adam, figures, rows);
        Add(Copies, copies, figures, rows);
        if (copies.Where(one => Copies[0].Holds(one.Row)).ToArray() is { Length: > 0 } contended)
        {
            figures.Add(Figure.Versus("copy.contended_mape", contended.MapePercent(), "%", "target", Copies[0].TargetPercent));
        }

        if (rows.Count > 0)
        {
            tables.Add(new Table("held-out errors by situation", ["situation", "rows", "mape_percent", "worst_percent", "target_percent", "rows_within_target", "claimed"], rows));
        }
    }

    private static void Add<T>(IReadOnlyList<Situation<T>> situations, IReadOnlyList<Held<T>> held, List<Figure> figures, List<IReadOnlyList<object?>> rows)
    {
        foreach (var situation in situations)
        {
            var part = held.Where(one => situation.Holds(one.Row)).ToArray();
            if (part.Length == 0)
            {
                continue;
            }

            var worst = 100 * part.Max(one => one.RelativeError());
            figures.Add(Figure.Versus(situation.Figure, worst, "%", situation.IsClaimed ? "target" : "target of one process, not claimed for several", situation.TargetPercent));
            rows.Add(
            [
                situation.Name, part.Length, part.MapePercent(), worst, situation.TargetPercent, part.Count(one => 100 * one.RelativeError() <= situation.TargetPercent),
                situation.IsClaimed ? "yes" : "no, outside the domain of validity",
            ]);
        }
    }
}
