using System.CommandLine;
using Headroom.Cli.Commands.Bench.Platform;
using Headroom.Cli.Commands.Up;
using Headroom.Cli.Reporting;

namespace Headroom.Cli.Commands.Bench.Storage;

/// <summary><c>bench storage</c>: a day of frames of a busy host after compaction, in bytes per sample, beside the same samples in Prometheus.</summary>
internal static class StorageBench
{
    private const double MostBytesPerSample = 2.0;

    public static Command Create()
    {
        var recording = new Option<string?>("--recording") { Description = "Recording of the agent to loop (default: the hour of a busy host in datasets/busy-host)." };
        var hours = new Option<int>("--hours") { Description = "Hours to store (default 24).", DefaultValueFactory = _ => 24 };
        var json = CommandOptions.Json();
        var command = new Command("storage", "Bytes per sample of a day of frames after compaction, beside Prometheus.") { recording, hours, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var file = parsed.GetValue(recording) ?? BusyHost.File(ProgramPaths.Find().Root);
            ReportWriter.Write(await MeasureAsync(LoopedRecording.Read(file), Math.Clamp(parsed.GetValue(hours), 1, 24 * 30), cancellationToken), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<Report> MeasureAsync(LoopedRecording recording, int hours, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        await using var platform = await BenchPlatform.StartAsync(withServer: false, cancellationToken);
        var (_, values) = await StoredHours.StoreAsync(platform.ConnectionString, recording, hours, end, TerminalProgress.Create("Storing"), cancellationToken);
        var sizes = await StorageSizes.ReadAsync(platform.ConnectionString, cancellationToken);
        var samples = (sizes["samples"] + sizes["sample_blocks"]) / (double)values;
        var rows = sizes.OrderBy(size => size.Key, StringComparer.Ordinal)
            .Select(size => (IReadOnlyList<object?>)[size.Key, size.Value, size.Value / (double)values]).ToList();
        var figures = new List<Figure>();
        if (PrometheusServer.IsInstalled)
        {
            var (bytes, count) = await PrometheusBlocks.MeasureAsync(recording, hours, end, TerminalProgress.Create("Prometheus"), cancellationToken);
            figures.Add(Figure.Versus("storage.bytes_per_sample", samples, "By", "prometheus", bytes / (double)count));
            rows.Add(["prometheus blocks", bytes, bytes / (double)count]);
        }
        else
        {
            figures.Add(new Figure("storage.bytes_per_sample", samples, "By"));
        }

        figures.Add(Figure.Versus("storage.bytes_per_sample.limit", samples, "By", "limit", MostBytesPerSample));
        figures.Add(new Figure("storage.bytes_per_sample.with_roll_ups", sizes.Values.Sum() / (double)values, "By"));
        figures.Add(new Figure("storage.samples", values, "1"));
        figures.Add(new Figure("storage.loop_seconds", recording.Length, "s"));
        return new Report($"bench storage --hours {hours}", Machine.Read(), 0, figures, [new Table("sizes", ["table", "bytes", "bytes_per_sample"], rows)]);
    }
}
