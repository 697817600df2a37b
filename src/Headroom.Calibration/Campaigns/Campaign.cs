using System.Globalization;
using Headroom.Calibration.Cgroups;
using Headroom.Calibration.Probes;
using Headroom.Calibration.RunSets;

namespace Headroom.Calibration.Campaigns;

/// <summary>
/// Runs applications alone and beside others while the agent records, so that what neighbours cost on this machine becomes a
/// measured label. Every run is written down as soon as it has ended; a campaign that stops goes on with the next call.
/// </summary>
/// <param name="options">Limits.</param>
/// <param name="applications">What may run.</param>
/// <param name="agent">Program of the agent.</param>
/// <param name="clock">Time of the machine; the agent's frames carry the same.</param>
public sealed class Campaign(CampaignOptions options, IReadOnlyList<Application> applications, string agent, TimeProvider clock)
{
    private const string CgroupParent = "headroom-calibrate";
    private const int FirstPort = 17_400;

    /// <summary>Works until every run is made, the budget is spent, or it is cancelled; returns the runs of the set.</summary>
    /// <exception cref="CampaignException">The machine is in danger, or the agent or an application cannot run.</exception>
    public async Task<IReadOnlyList<CalibrationRun>> RunAsync(IProgress<CampaignProgress> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Folder);
        var plan = CampaignPlan.Make(options, applications);
        var done = RunSetFile.Read(options.Folder).Select(run => run.RunId).ToHashSet();
        var waiting = new Queue<(PlannedRun Run, int Attempt)>(plan.Where(run => !done.Contains(run.RunId)).Select(run => (run, 1)));
        var tree = CgroupTree.Find();
        await using var recorder = await FrameRecorder.StartAsync(agent, options.Folder, CgroupParent, cancellationToken).ConfigureAwait(false);
        var started = clock.GetTimestamp();
        while (waiting.Count > 0 && clock.GetElapsedTime(started) < options.Budget)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Safety.Check(options);
            if (!recorder.IsRunning)
            {
                throw await recorder.FailureAsync().ConfigureAwait(false);
            }

            var (planned, attempt) = waiting.Dequeue();
            progress.Report(new CampaignProgress(done.Count, plan.Count, planned, attempt));
            var run = await MakeAsync(tree, planned, attempt, recorder.File, cancellationToken).ConfigureAwait(false);
            if (run is null || (run.OutsideCores > options.MaxOutsideCores && attempt < options.MaxAttempts))
            {
                if (attempt < options.MaxAttempts)
                {
                    waiting.Enqueue((planned, attempt + 1));
                }

                continue;
            }

            RunSetFile.Append(options.Folder, run);
            done.Add(run.RunId);
        }

        return RunSetFile.Read(options.Folder);
    }

    private async Task<CalibrationRun?> MakeAsync(CgroupTree tree, PlannedRun planned, int attempt, string recording, CancellationToken cancellationToken)
    {
        var running = new List<RunningWorkload>();
        using var window = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var turns = new List<Task>();
        try
        {
            var wanted = planned.Neighbours.Prepend(new Neighbour(planned.Application, planned.Threads, null)).ToList();
            foreach (var (neighbour, i) in wanted.Select((neighbour, i) => (neighbour, i)))
            {
                running.Add(await PrepareAsync(tree, planned.RunId, attempt, neighbour, i, cancellationToken).ConfigureAwait(false));
            }

            running.ForEach(workload => workload.Start());
            turns.AddRange(wanted.Zip(running).Where(pair => pair.First.PeriodSeconds is not null)
                .Select(pair => pair.Second.AlternateAsync(TimeSpan.FromSeconds(pair.First.PeriodSeconds!.Value), window.Token)));
            await Task.Delay(TimeSpan.FromSeconds(options.WarmUpSeconds), clock, cancellationToken).ConfigureAwait(false);

            var (from, machine, inside) = (clock.GetUtcNow(), MachineCpu.BusySeconds(), running.Sum(workload => workload.CpuSeconds));
            await Task.Delay(TimeSpan.FromSeconds(options.WindowSeconds), clock, cancellationToken).ConfigureAwait(false);
            var to = clock.GetUtcNow();
            var outside = (MachineCpu.BusySeconds() - machine) - (running.Sum(workload => workload.CpuSeconds) - inside);
            return running[0].SpeedIn(from, to) is { } speed
                ? new CalibrationRun(
                    planned.RunId, planned.Application, planned.Threads, planned.Neighbours, from, to, speed, Find(planned.Application).Unit,
                    Math.Max(0, outside / (to - from).TotalSeconds), running[0].Key, recording)
                : null;
        }
        finally
        {
            await window.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(turns).ConfigureAwait(false);
            foreach (var workload in running)
            {
                await workload.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private Task<RunningWorkload> PrepareAsync(CgroupTree tree, int runId, int attempt, Neighbour neighbour, int index, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"r{runId:0000}-{attempt}-{index}-{neighbour.Application}");
        var folder = Path.Combine(Path.GetTempPath(), "headroom-calibrate", name);
        return RunningWorkload.PrepareAsync(
            Find(neighbour.Application), neighbour.Threads, FirstPort + index, WorkloadCgroup.Create(tree, CgroupParent, name), folder, clock, cancellationToken);
    }

    private Application Find(string name) => applications.First(application => application.Name == name);
}
