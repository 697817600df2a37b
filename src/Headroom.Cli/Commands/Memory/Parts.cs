using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Commands.Memory;

/// <summary>The errors of the sizes and situations that matter for planning, the worst row of each.</summary>
internal static class Parts
{
    public static IEnumerable<Figure> Adam(IReadOnlyList<Held<AdamRow>> held)
    {
        var alone = held.Where(one => one.Row.Processes == 1).ToArray();
        var shared = held.Where(one => one.Row.Processes > 1).ToArray();
        return
        [
            .. Worst("adam.worst_large", [.. alone.Where(one => one.Row.Elements > 5e8)], 5),
            .. Worst("adam.worst_medium", [.. alone.Where(one => one.Row.Elements is > 2e7 and < 8e7)], 20),
            .. Worst("adam.worst_large_two_processes", [.. shared.Where(one => one.Row.Elements > 5e8)], 5),
            .. Worst("adam.worst_medium_two_processes", [.. shared.Where(one => one.Row.Elements is > 2e7 and < 8e7)], 20),
        ];
    }

    public static IEnumerable<Figure> Copies(IReadOnlyList<Held<CopyRow>> held)
    {
        // Contention is a fact of the row: several GPUs, pages on the card, and a size where buffers no longer hide it.
        var contended = held.Where(one => one.Row is { Gpus: > 1, CxlShare: > 0, Bytes: >= 256 << 20 }).ToArray();
        if (contended.Length > 0)
        {
            yield return Figure.Versus("copy.contended_mape", contended.MapePercent(), "%", "target", 10);
        }

        foreach (var figure in Worst("copy.contended_worst", contended, 10))
        {
            yield return figure;
        }
    }

    private static IEnumerable<Figure> Worst<T>(string name, Held<T>[] held, double target) =>
        held.Length == 0 ? [] : [Figure.Versus(name, 100 * held.Max(one => one.RelativeError()), "%", "target", target)];
}
