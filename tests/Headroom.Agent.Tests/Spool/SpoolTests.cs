using System.Runtime.Versioning;
using Headroom.Agent.Spool;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging.Abstractions;

namespace Headroom.Agent.Tests.Spool;

public sealed class SpoolTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Boot = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private static readonly EntityDescriptor[] Host = [new(0, EntityKind.Host, "host", "node", null, new Dictionary<string, string>())];

    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-spool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_appended_comes_out_once_in_order()
    {
        using var spool = Open();
        Append(spool, 1000);

        Assert.Equal(Sequences(1000), Drain(spool).Frames);
        Assert.Null(spool.Read(100, 1 << 20));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Nobody_else_may_enter_the_folder()
    {
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        using var spool = Open();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
    }

    [Fact]
    public void Another_agent_goes_on_where_the_first_one_stopped()
    {
        Guid epoch;
        using (var first = Open())
        {
            Append(first, 10);
            var batch = first.Read(4, 1 << 20)!;
            epoch = batch.Epoch;
            first.Acknowledge(batch, 3);
        }

        using var second = Open();
        Append(second, 5, from: 10);
        var rest = Drain(second);

        Assert.Equal(Enumerable.Range(4, 11).Select(number => (long)number), rest.Frames);
        Assert.Equal([epoch], rest.Epochs);
        Assert.Empty(rest.Drops);
    }

    [Fact]
    public void A_segment_cut_at_any_byte_gives_its_whole_frames_and_counts_the_torn_one()
    {
        using (var spool = Open())
        {
            Append(spool, 6);
            CopyFolder(_folder, _folder + ".crash");
        }

        var crash = _folder + ".crash";
        var segment = Directory.GetFiles(crash, "*.seg").Single();
        var whole = File.ReadAllBytes(segment);
        var state = File.ReadAllBytes(Path.Combine(crash, "state"));
        try
        {
            var ends = new List<long>();
            for (var length = 0; length <= whole.Length; length++)
            {
                File.WriteAllBytes(segment, whole.AsSpan(0, length).ToArray());
                File.WriteAllBytes(Path.Combine(crash, "state"), state);
                using (var spool = FrameSpool.Open(crash, Small(), 1, TimeProvider.System, NullLogger.Instance, Boot))
                {
                    var next = spool.Append(Noon, Samples(1), Host);
                    var (frames, drops, _) = Drain(spool);
                    var kept = frames.Where(sequence => sequence != next).ToList();
                    Assert.Equal(Enumerable.Range(0, kept.Count).Select(number => (long)number), kept);
                    Assert.All(drops, drop => Assert.Equal((DropReason.TornWrite, 1L, (long)kept.Count), (drop.Reason, drop.FrameCount, drop.FirstSequence)));
                    Assert.True(next >= kept.Count + drops.Count);
                    if (drops.Count == 0)
                    {
                        ends.Add(kept.Count);
                    }
                }

                foreach (var left in Directory.GetFiles(crash, "*.seg*"))
                {
                    File.Delete(left);
                }
            }

            Assert.Equal([0L, 1, 2, 3, 4, 5, 6], ends.Distinct().Order());
        }
        finally
        {
            Directory.Delete(crash, recursive: true);
        }
    }

    [Theory]
    [InlineData("drop-oldest")]
    [InlineData("thin-to-10s")]
    public void A_full_spool_hands_on_or_counts_every_frame(string policy)
    {
        using var spool = Open(Small() with { MaxBytes = 20_000, Policy = policy });
        Append(spool, 3000);

        Assert.InRange(spool.Status.Bytes, 1, 20_000 + 4096);
        var (frames, drops, _) = Drain(spool);

        Assert.Equal(3000, frames.Count + drops.Sum(drop => drop.FrameCount));
        Assert.Equal(frames.Distinct().Order(), frames);
        Assert.Equal(2999, frames[^1]);
        Assert.Contains(drops, drop => drop.Reason == (policy == "drop-oldest" ? DropReason.Bytes : DropReason.Thinned));
    }

    [Fact]
    public void Drops_are_told_after_a_restart_too()
    {
        using (var spool = Open(Small() with { MaxBytes = 20_000 }))
        {
            Append(spool, 3000);
        }

        using var second = Open(Small() with { MaxBytes = 20_000 });
        var (frames, drops, _) = Drain(second);

        Assert.Equal(3000, frames.Count + drops.Sum(drop => drop.FrameCount));
    }

    [Fact]
    public void A_full_disk_is_survived_and_what_it_did_not_take_is_counted()
    {
        var disk = Directory.CreateTempSubdirectory("headroom-disk-").FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk))
        {
            Directory.Delete(disk);
            Assert.Skip("mounting a small file system needs root");
        }

        try
        {
            using var spool = FrameSpool.Open(disk, new SpoolOptions { SegmentBytes = 4096 }, 1, TimeProvider.System, NullLogger.Instance, Boot);
            Append(spool, 3000);
            var first = Drain(spool);
            Append(spool, 20, from: 3000);
            var second = Drain(spool);

            Assert.Contains(first.Drops, drop => drop.Reason == DropReason.DiskFull);
            Assert.Equal(3000, first.Frames.Count + first.Drops.Sum(drop => drop.FrameCount));
            Assert.Equal(Enumerable.Range(3000, 20).Select(number => (long)number), second.Frames);
        }
        finally
        {
            Run("umount", disk);
            Directory.Delete(disk);
        }
    }

    [Fact]
    public void After_a_power_cut_no_sequence_is_given_again()
    {
        using (var spool = Open())
        {
            Append(spool, 10);
            CopyFolder(_folder, _folder + ".crash");
        }

        var otherBoot = Guid.Parse("22222222-2222-2222-2222-222222222222");
        using (var spool = FrameSpool.Open(_folder + ".crash", Small(), 1, TimeProvider.System, NullLogger.Instance, otherBoot))
        {
            Assert.True(spool.Append(Noon, Samples(1), Host) >= 4096);
            Assert.Contains(Drain(spool).Drops, drop => drop.Reason == DropReason.PowerLoss && drop.FirstSequence == 10);
        }

        Directory.Delete(_folder + ".crash", recursive: true);
    }

    [Fact]
    public void A_clock_set_forward_drops_nothing()
    {
        using var spool = Open();
        Append(spool, 100);
        spool.Append(Noon.AddYears(10), Samples(1), Host);
        spool.Append(Noon.AddYears(-10), Samples(1), Host);

        var (frames, drops, _) = Drain(spool);

        Assert.Equal(Sequences(102), frames);
        Assert.Empty(drops);
    }

    private FrameSpool Open(SpoolOptions? options = null) => FrameSpool.Open(_folder, options ?? Small(), 1, TimeProvider.System, NullLogger.Instance, Boot);

    private static SpoolOptions Small() => new() { SegmentBytes = 4096 };

    private static IEnumerable<long> Sequences(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    private static void Append(FrameSpool spool, int count, int from = 0)
    {
        for (var index = from; index < from + count; index++)
        {
            spool.Append(Noon.AddSeconds(index), Samples(index), Host);
        }
    }

    private static EntitySample[] Samples(float value)
    {
        var vector = new MetricVector(10);
        vector[0] = value;
        vector[7] = -value;
        return [new EntitySample(0, vector)];
    }

    private static (List<long> Frames, List<DroppedRange> Drops, List<Guid> Epochs) Drain(FrameSpool spool)
    {
        var (frames, drops, epochs) = (new List<long>(), new List<DroppedRange>(), new List<Guid>());
        while (spool.Read(64, 1 << 20) is { } batch)
        {
            frames.AddRange(batch.Frames.Select(frame => frame.Sequence));
            drops.AddRange(batch.Drops.Select(drop => drop.Range));
            epochs.Add(batch.Epoch);
            spool.Acknowledge(batch, batch.Frames.Count > 0 ? batch.Frames[^1].Sequence : -1);
        }

        return (frames, drops, [.. epochs.Distinct()]);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.GetFiles(from))
        {
            Run("cp", path, to);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
