using System.CommandLine;
using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Agents;
using Headroom.Cli.Commands.Up;
using Headroom.Cli.Reporting;

namespace Headroom.Cli.Commands.Bench;

/// <summary>
/// <c>bench agent</c>: what our agent costs at one tick per second, beside Prometheus' node exporter scraped every second and
/// netdata, all at the same time on this machine. A rival that is not installed is left out.
/// </summary>
internal static class AgentBench
{
    private const double MostPercentOfCore = 1;
    private const double MostResidentMebibytes = 40;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long to measure (default 300).", DefaultValueFactory = _ => 300 };
        var json = CommandOptions.Json();
        var command = new Command("agent", "CPU and memory of the agent at 1 Hz, beside node exporter and netdata.") { seconds, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = ProgramPaths.Find();
            if (!paths.AgentIsNative)
            {
                await Console.Error.WriteLineAsync("headroom: there is no native agent here (it needs clang or gcc); this measures the managed build");
            }

            var duration = TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(seconds)));
            var costs = await MeasureAsync([new OurAgent(paths.Agent), NodeExporter.IfInstalled(), Netdata.IfInstalled()], duration, cancellationToken);
            ReportWriter.Write(Report(costs, parsed.GetValue(seconds)), parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static async Task<List<AgentCost>> MeasureAsync(IEnumerable<CollectingProgram?> candidates, TimeSpan duration, CancellationToken cancellationToken)
    {
        var programs = candidates.OfType<CollectingProgram>().ToList();
        try
        {
            programs.ForEach(program => program.Start());
            await Task.Delay(WarmUp, cancellationToken);
            foreach (var program in programs)
            {
                await program.CountMetricsAsync(cancellationToken);
            }

            var before = programs.ConvertAll(program => program.CpuSeconds);
            var clock = Stopwatch.StartNew();
            using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (clock.Elapsed < duration)
            {
                await ticks.WaitForNextTickAsync(cancellationToken);
                foreach (var program in programs)
                {
                    await program.EachSecondAsync(cancellationToken);
                    program.Observe();
                }
            }

            var elapsed = clock.Elapsed.TotalSeconds;
            return programs.Select((program, i) => new AgentCost(
                program.Name, (program.CpuSeconds - before[i]) / elapsed, program.PeakResidentMebibytes, program.ProcessCount, program.MetricsPerSecond)).ToList();
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
        }
    }

    private static Report Report(List<AgentCost> costs, int seconds)
    {
        var ours = costs[0];
        var figures = new List<Figure>
        {
            Figure.Versus("agent.cpu_percent_of_core", ours.CpuRatio * 100, "%", "limit", MostPercentOfCore),
            Figure.Versus("agent.peak_rss_mib", ours.PeakResidentMebibytes, "MiBy", "limit", MostResidentMebibytes),
        };
        foreach (var (rival, name) in new[] { ("prometheus-node-exporter", "node_exporter"), ("netdata", "netdata") })
        {
            if (costs.Find(cost => cost.Name == rival) is { } theirs)
            {
                figures.Add(Figure.Versus($"agent.cpu_us_per_metric.vs_{name}", ours.CpuMicrosecondsPerMetric / theirs.CpuMicrosecondsPerMetric, "ratio", "limit", 1));
            }
        }

        var rows = costs.ConvertAll(IReadOnlyList<object?> (cost) =>
            [cost.Name, cost.CpuRatio * 60, cost.CpuRatio * 100, cost.PeakResidentMebibytes, cost.ProcessCount, cost.MetricsPerSecond, cost.CpuMicrosecondsPerMetric]);
        var table = new Table(
            "agents", ["program", "CPU seconds per minute", "% of a core", "peak RSS MiB", "processes", "metrics per second", "CPU us per metric"], rows);
        return new Report($"bench agent --seconds {seconds}", Machine.Read(), 0, figures, [table]);
    }

    /// <param name="CpuRatio">CPU time over elapsed time.</param>
    private sealed record AgentCost(string Name, double CpuRatio, double PeakResidentMebibytes, int ProcessCount, double MetricsPerSecond)
    {
        public double CpuMicrosecondsPerMetric => CpuRatio * 1e6 / MetricsPerSecond;
    }
}
