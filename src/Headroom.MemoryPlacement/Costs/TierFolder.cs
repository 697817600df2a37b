using Headroom.Learning.Data;

namespace Headroom.MemoryPlacement.Costs;

/// <summary>The files of a folder laid out like the public set of memory-tier measurements. Any of them may be missing.</summary>
public static class TierFolder
{
    /// <summary>NUMA nodes of that machine: 0 and 1 are DRAM, 3 is one CXL card.</summary>
    private const string CxlNode = "3";

    /// <exception cref="InvalidDataException">A file lacks a column or holds something else than numbers.</exception>
    public static IReadOnlyList<AdamRow> Adam(string folder) => Read(folder, "cpu_adam", (table, row) =>
    {
        var (dram, cxl) = Shares(table.Text(row, "numa_nodes"), table.Text(row, "interleave_weights"));
        return new AdamRow(
            table.Text(row, "model"), (int)table.RequiredNumber(row, "processes"), dram, cxl,
            table.RequiredNumber(row, "update_bytes"), table.RequiredNumber(row, "latency_ms"));
    });

    /// <inheritdoc cref="Adam"/>
    public static IReadOnlyList<CopyRow> Copies(string folder) => Read(folder, "gpu_transfer", (table, row) =>
    {
        var (dram, cxl) = Shares(table.Text(row, "numa_nodes"), table.Text(row, "interleave_weights"));
        var key = $"{table.Text(row, "gpus")} GPU, nodes {table.Text(row, "numa_nodes")} {table.Text(row, "interleave_weights")}".TrimEnd();
        CopyRow Of(CopyDirection direction, string column) => new(
            key, (int)table.RequiredNumber(row, "gpus"), cxl, direction, table.RequiredNumber(row, "bytes"), table.RequiredNumber(row, column));
        return new[] { Of(CopyDirection.HostToGpu, "h2d_latency_ms"), Of(CopyDirection.GpuToHost, "d2h_latency_ms") };
    }).SelectMany(pair => pair).ToArray();

    /// <inheritdoc cref="Adam"/>
    public static IReadOnlyList<OffloadRow> Offloads(string folder) => Read(folder, "zero_offload_finetuning", (table, row) => new OffloadRow(
        table.Text(row, "setup"), table.Text(row, "model"), (long)table.RequiredNumber(row, "context_tokens"),
        table.RequiredNumber(row, "peak_dram_gib"), (int)table.RequiredNumber(row, "batch_per_gpu")));

    /// <inheritdoc cref="Adam"/>
    public static IReadOnlyList<AccessRow> Accesses(string folder) => Read(folder, "cpu_access_bandwidth", (table, row) => new AccessRow(
        table.Text(row, "system"), table.Text(row, "memory"), table.Text(row, "operation"), table.Text(row, "pattern"),
        table.RequiredNumber(row, "access_bytes"), table.RequiredNumber(row, "threads"), 1e9 * table.RequiredNumber(row, "bandwidth_gb_s")));

    private static IReadOnlyList<T> Read<T>(string folder, string name, Func<CsvTable, int, T> row)
    {
        if (!Directory.Exists(folder))
        {
            throw new MemoryInputException($"{folder}: expected a folder with memory-tier measurements, there is none.");
        }

        var path = new[] { $"{name}.csv.gz", $"{name}.csv" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return [];
        }

        var table = CsvTable.Read(path);
        return [.. Enumerable.Range(0, table.Count).Select(index => row(table, index))];
    }

    /// <summary>Shares of the bytes by kind of memory; nodes without weights are taken in turn.</summary>
    private static (double Dram, double Cxl) Shares(string nodes, string weights)
    {
        var names = nodes.Split(',');
        var each = weights.Length == 0 ? [.. names.Select(_ => 1.0)] : weights.Split(',').Select(weight => double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var cxl = names.Zip(each).Where(pair => pair.First == CxlNode).Sum(pair => pair.Second) / each.Sum();
        return (1 - cxl, cxl);
    }
}

/// <summary>One measured CPU Adam step.</summary>
/// <param name="Model">Model whose layer sizes were used.</param>
/// <param name="Processes">Processes that step at the same time.</param>
/// <param name="DramShare">Share of the pages in DRAM.</param>
/// <param name="CxlShare">Share of the pages on the CXL card.</param>
/// <param name="Elements">Parameters updated.</param>
/// <param name="Milliseconds">Measured time.</param>
public sealed record AdamRow(string Model, int Processes, double DramShare, double CxlShare, double Elements, double Milliseconds)
{
    /// <summary>What is held out together: one configuration at all its sizes.</summary>
    public string Group => FormattableString.Invariant($"{Model}, {Processes} processes, {DramShare:F3} DRAM");
}

public enum CopyDirection
{
    HostToGpu,
    GpuToHost,
}

/// <summary>One measured copy between pinned host memory and a GPU.</summary>
/// <param name="Group">Configuration, held out together.</param>
/// <param name="Gpus">GPUs copying at the same time.</param>
/// <param name="CxlShare">Share of the bytes on the CXL card.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Bytes">Bytes per GPU.</param>
/// <param name="Milliseconds">Measured time.</param>
public sealed record CopyRow(string Group, int Gpus, double CxlShare, CopyDirection Direction, double Bytes, double Milliseconds);

/// <summary>CPU threads that read or write a memory.</summary>
/// <param name="System">Machine.</param>
/// <param name="Memory">Which memory of it.</param>
/// <param name="Operation">read or write.</param>
/// <param name="Pattern">sequential or random.</param>
/// <param name="AccessBytes">Bytes of one access.</param>
/// <param name="Threads">Threads at the same time.</param>
/// <param name="BytesPerSecond">Measured bandwidth of all of them.</param>
public sealed record AccessRow(string System, string Memory, string Operation, string Pattern, double AccessBytes, double Threads, double BytesPerSecond)
{
    /// <summary>What is held out together: one count of threads at all access sizes.</summary>
    public string Group => FormattableString.Invariant($"{System}, {Memory}, {Operation}, {Pattern}, {Threads} threads");

    /// <summary>What has curves of its own.</summary>
    internal string Kind => $"{System}, {Memory}, {Operation}, {Pattern}";
}

/// <summary>One measured fine-tuning run with offload.</summary>
public sealed record OffloadRow(string Setup, string Model, long ContextTokens, double PeakDramGibibytes, int BatchPerGpu);
