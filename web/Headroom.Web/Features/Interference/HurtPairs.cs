namespace Headroom.Web.Features.Interference;

/// <summary>One cell of the heat map.</summary>
/// <param name="Row">Index of the workload that suffers.</param>
/// <param name="Column">Index of the neighbour.</param>
/// <param name="Costs">What the neighbour costs it, as a share of its performance alone; never below 0.</param>
public sealed record HurtCell(int Row, int Column, double Costs);

/// <summary>Who hurts whom, as rows, columns and cells.</summary>
/// <param name="Sufferers">Rows, the most degraded first.</param>
/// <param name="Neighbours">Names of the columns, the dearest first.</param>
/// <param name="Cells">Pairs on the same host.</param>
public sealed record HurtPairs(IReadOnlyList<InterferenceLine> Sufferers, IReadOnlyList<string> Neighbours, IReadOnlyList<HurtCell> Cells)
{
    private const int Most = 24;

    public static HurtPairs Of(IReadOnlyList<InterferenceLine> lines)
    {
        var rows = lines.Where(line => line.Neighbours.Count > 0).Take(Most).ToArray();
        var columns = rows.SelectMany(line => line.Neighbours)
            .GroupBy(effect => effect.Id)
            .Select(group => (Id: group.Key, group.First().Name, Costs: group.Sum(effect => Math.Max(0, effect.Costs))))
            .OrderByDescending(column => column.Costs).Take(Most).ToArray();
        var places = columns.Select((column, index) => (column.Id, index)).ToDictionary(place => place.Id, place => place.index);
        return new HurtPairs(rows, [.. columns.Select(column => column.Name)],
        [
            .. rows.SelectMany((line, row) => line.Neighbours.Where(effect => places.ContainsKey(effect.Id)).Select(effect => new HurtCell(row, places[effect.Id], Math.Max(0, effect.Costs)))),
        ]);
    }
}
