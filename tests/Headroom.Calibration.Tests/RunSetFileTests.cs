using Headroom.Calibration.RunSets;

namespace Headroom.Calibration.Tests;

public sealed class RunSetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-runs-").FullName;

    [Fact]
    public void Runs_come_back_as_they_were_written()
    {
        var runs = new[] { Run(1), Run(2, new Neighbour("stream", 2, 1.5), new Neighbour("cpu", 1, null)) };
        foreach (var run in runs)
        {
            RunSetFile.Append(_folder, run);
        }

        Assert.Equivalent(runs, RunSetFile.Read(_folder), strict: true);
        Assert.Equal(["alone", "cpu:1+stream:2@1.5"], RunSetFile.Read(_folder).Select(run => run.Composition));
    }

    [Fact]
    public void A_line_torn_by_a_crash_is_made_again()
    {
        RunSetFile.Append(_folder, Run(1));
        File.AppendAllText(Path.Combine(_folder, RunSetFile.Name), "2,redis,1,cpu:1");
        Assert.Equal([1], RunSetFile.Read(_folder).Select(run => run.RunId));
    }

    [Fact]
    public void A_line_that_does_not_fit_is_named()
    {
        RunSetFile.Append(_folder, Run(1));
        File.AppendAllText(Path.Combine(_folder, RunSetFile.Name), "2,redis,1,cpu,x,1,2,3,1/s,0,/a,b\n");
        var mistake = Assert.Throws<FormatException>(() => RunSetFile.Read(_folder));
        Assert.EndsWith("runs.csv line 3: expected NAME:THREADS or NAME:THREADS@SECONDS, got 'cpu'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Performance_is_the_share_of_the_median_speed_alone_under_the_same_load()
    {
        var runs = new[] { Run(1) with { Speed = 90 }, Run(2) with { Speed = 100 }, Run(3) with { Speed = 300 }, Run(4, new Neighbour("cpu", 1, null)) with { Speed = 25 }, Run(5) with { Threads = 2, Neighbours = [new("cpu", 1, null)] } };
        var labelled = LabelledRun.Label(runs);
        Assert.Equal([1, 2, 3, 4], labelled.Select(run => run.Run.RunId));
        Assert.Equal([0.9, 1, 1, 0.25], labelled.Select(run => run.Performance));
    }

    [Fact]
    public void A_recording_of_another_pace_is_no_measure_and_one_of_the_same_pace_is()
    {
        var beside = new Neighbour("cpu", 1, null);
        CalibrationRun At(int id, string application, double speed, string recording, params Neighbour[] neighbours) =>
            Run(id, neighbours) with { Application = application, Speed = speed, RecordingFile = recording };
        var runs = new[]
        {
            At(1, "redis", 100, "first"), At(2, "nginx", 40, "first"), At(3, "redis", 200, "fast"), At(4, "redis", 110, "alike"),
            At(5, "redis", 50, "first", beside), At(6, "redis", 50, "fast", beside), At(7, "nginx", 10, "fast", beside), At(8, "nginx", 10, "alike", beside),
        };

        var labelled = LabelledRun.Label(runs).ToDictionary(run => run.Run.RunId, run => run.Performance);

        Assert.Equal((0.5, 0.25, 0.25), (labelled[5], labelled[6], labelled[8]));
        Assert.False(labelled.ContainsKey(7), "a recording twice as fast gave the speed alone");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CalibrationRun Run(int id, params Neighbour[] neighbours) => new(
        id, "redis", 1, neighbours, DateTimeOffset.FromUnixTimeMilliseconds(1_000_000 + id), DateTimeOffset.FromUnixTimeMilliseconds(1_008_000 + id), 123.25, "1/s", 0.05, $"/headroom-calibrate/r{id}", "recording-01.frames");
}
