using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Commands.Memory;

/// <summary>What the rivals see of a row: the same as our models, as plain columns.</summary>
internal static class Features
{
    public static float[] Adam(AdamRow row) => [(float)Math.Log(row.Elements), row.Processes, (float)row.CxlShare, row.CxlShare is > 0 and < 1 ? 1 : 0];

    public static float[] Copies(CopyRow row) => [(float)Math.Log(row.Bytes), row.Gpus, (float)row.CxlShare, (float)row.Direction];

    public static float[] Accesses(AccessRow row) =>
    [
        (float)Math.Log(row.Threads), (float)Math.Log(row.AccessBytes), row.System == "gh200" ? 1 : 0, row.Memory == "local" ? 1 : 0, row.Memory == "inter_socket" ? 1 : 0,
        row.Operation == "read" ? 1 : 0, row.Pattern == "sequential" ? 1 : 0,
    ];
}
