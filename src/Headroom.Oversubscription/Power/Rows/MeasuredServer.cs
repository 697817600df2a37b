using Headroom.Learning.Data;

namespace Headroom.Oversubscription.Power.Rows;

/// <summary>A GPU server whose wall power was measured: what a row reserves for it, and what it draws when nothing runs.</summary>
/// <param name="Gpu">Its GPUs.</param>
/// <param name="Gpus">How many.</param>
/// <param name="Runs">Measured runs.</param>
/// <param name="IdleWatts">Idle power, W: of the 2nd percentiles of the traces the lower quartile, since some meters failed for a sample and some runs never idled.</param>
/// <param name="MeanWatts">Mean power under load over the runs, W.</param>
/// <param name="PeakWatts">Highest sample of any run, W.</param>
public sealed record MeasuredServer(string Gpu, int Gpus, int Runs, double IdleWatts, double MeanWatts, double PeakWatts)
{
    private const string Folder = "server-power-mlperf";
    private const string File = "runs.csv.gz";

    /// <summary>Servers of the MLPerf power runs (inference v3.0 to v5.1, training v4.0), by GPU; empty where the data set is absent.</summary>
    /// <param name="datasets">Folder that holds the public data sets.</param>
    public static IReadOnlyList<MeasuredServer> ReadAll(string datasets)
    {
        var path = Path.Combine(datasets, Folder, File);
        if (!System.IO.File.Exists(path))
        {
            return [];
        }

        var table = CsvTable.Read(path);
        return [.. Enumerable.Range(0, table.Count)
            .GroupBy(row => (Gpu: table.Text(row, "gpu"), Gpus: (int)table.RequiredNumber(row, "gpus_per_node")))
            .OrderBy(server => server.Key.Gpu, StringComparer.Ordinal).ThenBy(server => server.Key.Gpus)
            .Select(server => new MeasuredServer(
                server.Key.Gpu,
                server.Key.Gpus,
                server.Count(),
                LowerQuartile([.. server.Select(row => table.Number(row, "idle_w_p2")).OfType<double>()]),
                server.Average(row => table.Number(row, "mean_w_under_load")) ?? 0,
                server.Max(row => table.RequiredNumber(row, "max_w"))))];
    }

    /// <summary>The one server whose GPU's name holds a word.</summary>
    /// <exception cref="InvalidDataException">None or several do; the message lists what there is.</exception>
    public static MeasuredServer Find(string datasets, string word)
    {
        var all = ReadAll(datasets);
        var named = all.Where(server => server.Gpu.Contains(word, StringComparison.OrdinalIgnoreCase)).ToArray();
        return named.Length == 1
            ? named[0]
            : throw new InvalidDataException($"expected a word that names one measured server, got '{word}', which names {named.Length}; there are: {(all.Count == 0 ? $"none ({Path.Combine(datasets, Folder)} is missing)" : string.Join(", ", all.Select(server => server.Gpu)))}");
    }

    /// <summary>The simulator's server with this idle and full-load power; GPU clocks and their law stay those of the A100.</summary>
    public ServerModel Calibrate(ServerModel model) => model with { IdleWatts = IdleWatts, FullWatts = PeakWatts };

    private static double LowerQuartile(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[values.Length / 4];
    }
}
