using System.Globalization;
using Headroom.Cli.Commands.Memory;
using Headroom.Cli.Reporting;
using Headroom.MemoryPlacement.Costs;

namespace Headroom.Cli.Tests.Memory;

/// <summary>Models fitted on one folder of measurements, scored on another of the same layout whose configurations they have not seen.</summary>
public sealed class SecondFolderTests : IDisposable
{
    private static readonly (string Nodes, string Weights, double Cxl)[] Places = [("0", "", 0), ("3", "", 1), ("0,3", "1,1", 0.5), ("0,3", "1,2", 2 / 3.0), ("0,3", "1,3", 0.75), ("0,3", "1,4", 0.8)];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("headroom-tiers-");
    private readonly Random _noise = new(7);

    [Fact]
    public void Rows_of_another_folder_are_scored_with_models_of_the_first()
    {
        var train = Make("train", index => index % 3 != 2);
        var second = Make("second", index => index % 3 == 2);
        var (figures, tables) = (new List<Figure>(), new List<Table>());
        CostScores.Add(second, train, 1, figures, tables, TestContext.Current.CancellationToken);
        foreach (var task in new[] { "adam", "copy", "access" })
        {
            Assert.InRange(Value(figures, $"{task}.mape"), 0, 12);
            Assert.InRange(Value(figures, $"{task}.coverage"), 0.6, 1);
        }

        var scored = tables[0].Rows.Where(row => Equals(row[1], "ours")).ToDictionary(row => (string)row[0]!, row => row[2]);
        Assert.Equal(TierFolder.Copies(second).Count, scored["copy"]);
        Assert.Contains(tables, table => table.Name == "held-out errors by situation");
    }

    [Fact]
    public void A_second_folder_may_hold_one_file_only()
    {
        var train = Make("train", _ => true);
        var second = Directory.CreateDirectory(Path.Combine(_root.FullName, "copies"));
        File.Copy(Path.Combine(train, "gpu_transfer.csv"), Path.Combine(second.FullName, "gpu_transfer.csv"));
        var (figures, tables) = (new List<Figure>(), new List<Table>());
        CostScores.Add(second.FullName, train, 1, figures, tables, TestContext.Current.CancellationToken);
        Assert.InRange(Value(figures, "copy.mape"), 0, 12);
        Assert.Contains(figures, figure => figure.Name == "adam.mape");
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static double Value(List<Figure> figures, string name) => figures.Single(figure => figure.Name == name).Value!.Value;

    /// <summary>Rows as the shipped models see the world, with a few percent of noise, of the configurations that the part takes.</summary>
    private string Make(string name, Func<int, bool> takes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, name)).FullName;
        var costs = CalibratedCosts.Default;
        var adam = new List<string> { "model,processes,numa_nodes,interleave_weights,update_bytes,latency_ms" };
        var copies = new List<string> { "gpus,numa_nodes,interleave_weights,bytes,h2d_latency_ms,h2d_gib_s,d2h_latency_ms,d2h_gib_s" };
        var accesses = new List<string> { "system,memory,operation,pattern,flush,access_bytes,threads,bandwidth_gb_s,thread_op_latency_avg" };
        foreach (var (index, (processes, place)) in new[] { 1, 2 }.SelectMany(count => Places.Select(place => (count, place))).Index().Where(one => takes(one.Index) || one.Item.place.Cxl is 0 or 1))
        {
            foreach (var elements in new[] { 2e6, 13e6, 21e6, 70e6, 300e6, 600e6 })
            {
                adam.Add(Line($"m{index},{processes},\"{place.Nodes}\",\"{place.Weights}\",{elements},{Noisy(costs.Adam.Milliseconds(elements, processes, 1 - place.Cxl, place.Cxl))}"));
            }

            for (var bytes = 4096L; bytes <= 2L << 30; bytes *= 4)
            {
                var (read, write) = (Noisy(costs.Copies.Milliseconds(CopyDirection.HostToGpu, bytes, processes, place.Cxl)), Noisy(costs.Copies.Milliseconds(CopyDirection.GpuToHost, bytes, processes, place.Cxl)));
                copies.Add(Line($"{processes},\"{place.Nodes}\",\"{place.Weights}\",{bytes},{read},1,{write},1"));
            }
        }

        foreach (var (index, threads) in new[] { 1, 2, 4, 8, 12, 16, 24, 32, 48, 64 }.Index().Where(one => takes(one.Index)))
        {
            accesses.AddRange(new[] { 64, 1024 }.Select(access => Line($"machine,local,read,random,none,{access},{threads},{Noisy(100 * threads / (threads + 8.0))},{index}")));
        }

        File.WriteAllLines(Path.Combine(folder, "cpu_adam.csv"), adam);
        File.WriteAllLines(Path.Combine(folder, "gpu_transfer.csv"), copies);
        File.WriteAllLines(Path.Combine(folder, "cpu_access_bandwidth.csv"), accesses);
        return folder;
    }

    private double Noisy(double value) => value * (1 + (0.06 * (_noise.NextDouble() - 0.5)));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
