using System.Diagnostics;
using Headroom.Agent.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Agent.Tests.Spool;

/// <summary>The real agent as a process of its own, so that it can really be killed.</summary>
public sealed class KilledAgentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_agent_killed_twice_leaves_every_frame_once_and_a_torn_tail_is_counted()
    {
        await RunAndKillAsync();
        await RunAndKillAsync();
        Tear();

        using var spool = FrameSpool.Open(Path.Combine(_folder, "spool"), new SpoolOptions(), 1, TimeProvider.System, NullLogger.Instance);
        var (frames, dropped, epochs) = (new List<long>(), 0L, new HashSet<Guid>());
        while (spool.Read(7, 1 << 20) is { } batch)
        {
            frames.AddRange(batch.Frames.Select(frame => frame.Sequence));
            dropped += batch.Drops.Sum(drop => drop.Range.FrameCount);
            epochs.Add(batch.Epoch);
            spool.Acknowledge(batch, batch.Frames.Count > 0 ? batch.Frames[^1].Sequence : -1);
        }

        Assert.Single(epochs);
        Assert.Equal(frames.Distinct().Order(), frames);
        Assert.InRange(dropped, 1, 3);
        Assert.Equal(spool.Status.NextSequence, frames.Count + dropped);
        Assert.True(frames.Count > 8, $"expected frames of both lives, got {frames.Count}");
    }

    private async Task RunAndKillAsync()
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "headroom-agent"),
            ["run", "--set", "intervalSeconds=0.1", "--set", $"dataFolder={_folder}"]) { RedirectStandardError = true };
        using var agent = Process.Start(start)!;
        var before = Bytes();
        var limit = Stopwatch.StartNew();
        while (Bytes() < before + 20_000 && limit.Elapsed < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        agent.Kill();
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private long Bytes() => Directory.Exists(Path.Combine(_folder, "spool"))
        ? new DirectoryInfo(Path.Combine(_folder, "spool")).EnumerateFiles("*.seg").Sum(file => file.Length)
        : 0;

    private void Tear()
    {
        var last = Directory.GetFiles(Path.Combine(_folder, "spool"), "*.seg").Order(StringComparer.Ordinal).Last();
        using var file = new FileStream(last, FileMode.Open, FileAccess.Write);
        file.SetLength(file.Length - 3);
    }
}
