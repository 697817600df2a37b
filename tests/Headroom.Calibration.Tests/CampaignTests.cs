using System.Text.RegularExpressions;
using Headroom.Calibration.Campaigns;
using Headroom.Calibration.Probes;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Recording;

namespace Headroom.Calibration.Tests;

/// <summary>A small campaign with the real agent and real cgroups.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-campaign-").FullName;

    [Fact]
    public async Task A_campaign_that_ran_out_of_time_goes_on_and_its_frames_hold_every_measured_workload()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Directory.Exists("/sys/fs/cgroup"), "a campaign makes cgroups and so needs root");
        var options = new CampaignOptions { Folder = _folder, Runs = 4, WarmUpSeconds = 2.5, WindowSeconds = 1.5, MaxOutsideCores = 1000, MinFreeDiskBytes = 1, MinFreeMemoryBytes = 1 };
        Application[] applications =
        [
            new("busy", "cpu", "1/s", [], "while :; do for i in $(seq 2000); do :; done; echo rate 7; sleep 0.2; done", new Regex(@"^rate (\d+)")),
            new("server", "cpu", "1/s", [], "while :; do cat '{folder}/answer'; sleep 0.3; done", new Regex(@"^rate (\d+)"), "echo rate {port} > '{folder}/answer'; sleep 100 &"),
        ];

        var first = await Campaign(options with { Budget = TimeSpan.FromSeconds(1) }, applications).RunAsync(new Progress<CampaignProgress>(), TestContext.Current.CancellationToken);
        Assert.Single(first);
        var runs = await Campaign(options, applications).RunAsync(new Progress<CampaignProgress>(), TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3, 4], runs.Select(run => run.RunId).Order());
        Assert.All(runs, run => Assert.Equal(run.Application == "busy" ? 7 : 17_400, run.Speed));
        Assert.Equal(2, runs.Select(run => run.RecordingFile).Distinct().Count());
        foreach (var run in runs)
        {
            await using var recording = File.OpenRead(Path.Combine(_folder, run.RecordingFile));
            // On a machine that is busy with other tests the agent may meet the workload after the short window; its key is its own.
            Assert.Contains(FrameRecording.Read(recording).SelectMany(batch => batch.Entities), entity => entity.Kind == EntityKind.Workload && entity.Key == run.TargetKey);
        }
    }

    [Fact]
    public async Task A_campaign_stops_before_it_fills_the_disk()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && Directory.Exists("/sys/fs/cgroup"), "a campaign makes cgroups and so needs root");
        var options = new CampaignOptions { Folder = _folder, Runs = 2, MinFreeDiskBytes = long.MaxValue };
        var stopped = await Assert.ThrowsAsync<CampaignException>(() =>
            Campaign(options, [new("busy", "cpu", "1/s", [], "sleep 9", new Regex("rate (1)"))]).RunAsync(new Progress<CampaignProgress>(), TestContext.Current.CancellationToken));
        Assert.Contains("of disk are free", stopped.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Campaign Campaign(CampaignOptions options, IReadOnlyList<Application> applications)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var agent = Path.Combine(here.Parent!.Parent!.FullName, "Headroom.Agent", here.Name, "headroom-agent");
        return new Campaign(options, applications, agent, TimeProvider.System);
    }
}
