using Headroom.Oversubscription.Power.Rows;

namespace Headroom.Oversubscription.Tests.Power;

public sealed class MeasuredServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("headroom-servers").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Idle_and_peak_of_measured_servers_calibrate_the_simulator_and_a_failed_meter_does_not()
    {
        var set = Directory.CreateDirectory(Path.Combine(_folder, "server-power-mlperf")).FullName;
        File.WriteAllText(Path.Combine(set, "runs.csv"), """
            gpu,gpus_per_node,idle_w_p2,mean_w_under_load,max_w
            NVIDIA H200,8,-1,5000,6000
            NVIDIA H200,8,2300,5400,6100
            NVIDIA H200,8,2310,,6200
            NVIDIA H200,8,2320,5600,6300
            NVIDIA L4,1,500,600,700

            """);
        Compress(Path.Combine(set, "runs.csv"));
        var found = MeasuredServer.Find(_folder, "h200");
        Assert.Equal(new MeasuredServer("NVIDIA H200", 8, 4, 2300, 16_000 / 3.0, 6300), found);
        var model = found.Calibrate(new ServerModel());
        Assert.Equal((2300, 6300), (model.IdleWatts, model.FullWatts));
        Assert.Equal(6300, model.Watts(1, 1), 6);
        Assert.Contains("NVIDIA L4", Assert.Throws<InvalidDataException>(() => MeasuredServer.Find(_folder, "nvidia")).Message, StringComparison.Ordinal);
        Assert.Contains("is missing", Assert.Throws<InvalidDataException>(() => MeasuredServer.Find(Path.Combine(_folder, "none"), "h200")).Message, StringComparison.Ordinal);
    }

    private static void Compress(string path)
    {
        using var plain = File.OpenRead(path);
        using var file = File.Create($"{path}.gz");
        using var zip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest);
        plain.CopyTo(zip);
    }
}
