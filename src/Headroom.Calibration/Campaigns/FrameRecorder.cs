using System.Diagnostics;
using Headroom.Calibration.Cgroups;

namespace Headroom.Calibration.Campaigns;

/// <summary>The agent, recording one frame a second into a file of the run set for as long as a campaign runs.</summary>
internal sealed class FrameRecorder : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _agent;
    private readonly Task<string> _errors;

    private FrameRecorder(Process agent, string file) => (_agent, File, _errors) = (agent, file, agent.StandardError.ReadToEndAsync());

    /// <summary>Name of the file in the folder of the set.</summary>
    public string File { get; }

    /// <summary>Whether the agent still records.</summary>
    public bool IsRunning => !_agent.HasExited;

    /// <summary>Starts the agent with a new file and waits for its first frame.</summary>
    /// <param name="agent">Program of the agent.</param>
    /// <param name="folder">Folder of the set.</param>
    /// <param name="cgroupParent">Cgroup below which every group is a workload.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CampaignException">The agent cannot record.</exception>
    public static async Task<FrameRecorder> StartAsync(string agent, string folder, string cgroupParent, CancellationToken cancellationToken)
    {
        var number = Directory.EnumerateFiles(folder, "recording-*.frames").Count() + 1;
        var file = $"recording-{number:00}.frames";
        var start = new ProcessStartInfo(agent,
        [
            "record", "--seconds", "1000000", "--out", Path.Combine(folder, file),
            "--set", $"dataFolder={Path.Combine(folder, ".agent")}",
            "--set", $$"""workloads.cgroups={"calibrate":"^/{{cgroupParent}}/(?<name>.+)$"}""",
            "--set", "workloads.discoveryIntervalSeconds=1",
            "--set", "workloads.maxDiscoveryRatio=1",
            "--set", "workloads.busiestPrograms=0",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new CampaignException($"{agent} could not be started");
        process.BeginOutputReadLine();
        var recorder = new FrameRecorder(process, file);
        var recording = new FileInfo(Path.Combine(folder, file));
        while (!recording.Exists || recording.Length == 0)
        {
            if (!recorder.IsRunning)
            {
                throw await recorder.FailureAsync().ConfigureAwait(false);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
            recording.Refresh();
        }

        return recorder;
    }

    /// <summary>Why the agent ended by itself.</summary>
    public async Task<CampaignException> FailureAsync() => new($"the agent stopped recording (exit code {_agent.ExitCode}): {(await _errors.ConfigureAwait(false)).Trim()}");

    /// <summary>Lets the agent write what it has and end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_agent.HasExited)
        {
            _ = NativeMethods.Kill(_agent.Id, SignalTerminate);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _agent.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _agent.Kill();
            }
        }

        _agent.Dispose();
    }
}
