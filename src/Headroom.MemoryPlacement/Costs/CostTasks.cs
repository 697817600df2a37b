namespace Headroom.MemoryPlacement.Costs;

/// <summary>The cost models as tasks that can be cross-validated.</summary>
public static class CostTasks
{
    public static CostTask<AdamRow> Adam { get; } = new(
        row => row.Group, row => row.Milliseconds, AdamModel.ErrorClass, rows => AdamModel.Fit(rows).Milliseconds);

    public static CostTask<CopyRow> Copies { get; } = new(
        row => row.Group, row => row.Milliseconds, CopyModel.ErrorClass, rows => CopyModel.Fit(rows).Milliseconds);

    public static CostTask<AccessRow> Accesses { get; } = new(
        row => row.Group, row => row.BytesPerSecond, AccessModel.ErrorClass, rows => AccessModel.Fit(rows).BytesPerSecond);
}
