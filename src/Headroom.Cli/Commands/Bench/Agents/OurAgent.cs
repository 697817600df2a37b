using System.Diagnostics;
using Headroom.Telemetry.Recording;

namespace Headroom.Cli.Commands.Bench.Agents;

/// <summary>Our agent, collecting everything, writing its spool.</summary>
internal sealed class OurAgent(string program) : CollectingProgram("headroom-agent")
{
    protected override ProcessStartInfo Command() => WithoutServer(Quiet(program, "run", "--set", $"dataFolder={Folder}"));

    public override async Task CountMetricsAsync(CancellationToken cancellationToken)
    {
        var recording = Path.Combine(Folder, "count.frames");
        using var recorder = Process.Start(WithoutServer(Quiet(program, "record", "--seconds", "3", "--out", recording, "--set", $"dataFolder={Folder}/count")))!;
        await recorder.WaitForExitAsync(cancellationToken);
        using var file = File.OpenRead(recording);
        MetricsPerSecond = FrameRecording.Read(file).SelectMany(batch => batch.Frames).Last().Samples.Sum(sample => sample.Values.PresentCount);
    }

    /// <summary>The bench measures collecting and spooling; settings of an agent installed here must not make it send.</summary>
    private static ProcessStartInfo WithoutServer(ProcessStartInfo command)
    {
        foreach (var name in command.Environment.Keys.Where(name => name.StartsWith("HEADROOM_AGENT_", StringComparison.Ordinal)).ToList())
        {
            command.Environment.Remove(name);
        }

        return command;
    }
}
