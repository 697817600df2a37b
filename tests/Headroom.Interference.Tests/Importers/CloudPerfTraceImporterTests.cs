using Headroom.Interference.Importers;
using Parquet;
using Parquet.Schema;

namespace Headroom.Interference.Tests.Importers;

public sealed class CloudPerfTraceImporterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cloudperftrace").FullName;

    private static readonly (string Name, int Stride)[] Lists =
        [("tr_self", 54), ("lin_self", 39), ("td_self", 13), ("tr_oth", 54), ("lin_oth", 39), ("td_oth", 13)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_of_the_published_schema_gives_206_metrics_joined_on_their_time_stamps()
    {
        // Two runs; in each, the block td_oth lacks the last second.
        await WriteAsync(Path.Combine(_folder, "tasks=5", "part.parquet"), [4, 3], shorter: "td_oth");

        Assert.True(new CloudPerfTraceImporter().Recognises(_folder));
        var set = RunImporters.Read(_folder);

        Assert.Equal(206, set.Schema.Metrics.Count);
        Assert.Equal([4, 3], set.Runs.Select(run => run.Frames.Length));
        Assert.All(set.Runs, run => Assert.Equal("task 5", run.Application));
        Assert.Equal([0.5, 0.6], set.Runs.Select(run => run.Label!.Value).Select(label => Math.Round(label, 6)));

        // Column c of block b at second t was written as 1000 b + c + t / 10.
        var last = set.Runs[0].Frames[3];
        Assert.Equal(1.3f, last[0], 3);
        Assert.Equal(1001.3f, last[53], 3);
        Assert.True(float.IsNaN(last[205]));
        Assert.Equal(5012.2f, set.Runs[0].Frames[2][205], 1);
    }

    [Fact]
    public async Task A_list_of_the_wrong_length_is_named()
    {
        await WriteAsync(Path.Combine(_folder, "tasks=5", "part.parquet"), [4], broken: "lin_self");

        var mistake = Assert.Throws<InvalidDataException>(() => RunImporters.Read(_folder));

        Assert.Contains("lin_self", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("multiple of 39", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_known_layout_lists_those_there_are()
    {
        var mistake = Assert.Throws<InvalidDataException>(() => RunImporters.Read(_folder));

        Assert.Contains("cloudperftrace", mistake.Message, StringComparison.Ordinal);
        Assert.Contains("nginx-marla", mistake.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(string path, int[] seconds, string? shorter = null, string? broken = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var label = new DataField<double>("perf_ori");
        var workload = new DataField<double>("workload");
        var lists = Lists.Select(list => new ListField(list.Name, new DataField<double>("element"))).ToArray();
        var schema = new ParquetSchema([label, workload, .. lists]);
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<double>(label, seconds.Select((_, row) => 0.5 + (row / 10.0)).ToArray());
        await group.WriteAsync<double>(workload, seconds.Select(_ => 2.0).ToArray());
        for (var block = 0; block < Lists.Length; block++)
        {
            var (name, stride) = Lists[block];
            var values = new List<double>();
            var repetitions = new List<int>();
            foreach (var count in seconds)
            {
                var start = values.Count;
                for (var second = 0; second < count - (name == shorter ? 1 : 0); second++)
                {
                    values.Add(1_700_000_000 + second);
                    values.AddRange(Enumerable.Range(1, stride - 1).Select(column => (1000.0 * block) + column + (second / 10.0)));
                }

                if (name == broken)
                {
                    values.Add(1);
                }

                repetitions.AddRange(Enumerable.Range(start, values.Count - start).Select(index => index == start ? 0 : 1));
            }

            var field = (DataField)lists[block].Item;
            var definitions = values.Select(_ => field.MaxDefinitionLevel).ToArray();
            await group.WriteAllPartsAsync<double>(field, values.ToArray(), definitions, repetitions.ToArray(), TestContext.Current.CancellationToken);
        }
    }
}
