using System.Diagnostics;
using System.Globalization;
using Headroom.Calibration.Cgroups;
using Headroom.Calibration.Probes;

namespace Headroom.Calibration.Campaigns;

/// <summary>An application in its cgroup: set up, started, its speed read from what it prints, and all of it gone at the end.</summary>
internal sealed class RunningWorkload : IAsyncDisposable
{
    private static readonly TimeSpan SetupLimit = TimeSpan.FromSeconds(60);

    private readonly Application _application;
    private readonly WorkloadCgroup _cgroup;
    private readonly string _folder;
    private readonly List<(DateTimeOffset At, double Rate)> _rates = [];
    private readonly TimeProvider _clock;
    private Process? _load;

    private RunningWorkload(Application application, WorkloadCgroup cgroup, string folder, TimeProvider clock) =>
        (_application, _cgroup, _folder, _clock) = (application, cgroup, folder, clock);

    /// <summary>Key of its entity in the frames.</summary>
    public string Key => _cgroup.Path;

    public double CpuSeconds => _cgroup.CpuSeconds();

    /// <summary>Makes the cgroup and runs the setup script in it.</summary>
    /// <exception cref="CampaignException">The setup failed; the message holds what it printed.</exception>
    public static async Task<RunningWorkload> PrepareAsync(
        Application application, int threads, int port, WorkloadCgroup cgroup, string folder, TimeProvider clock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var workload = new RunningWorkload(application with { Load = Fill(application.Load), Setup = application.Setup is null ? null : Fill(application.Setup) }, cgroup, folder, clock);
        try
        {
            await workload.SetUpAsync(cancellationToken).ConfigureAwait(false);
            return workload;
        }
        catch
        {
            await workload.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        string Fill(string script) => script
            .Replace("{threads}", threads.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{folder}", folder, StringComparison.Ordinal);
    }

    /// <summary>Starts the load.</summary>
    public void Start()
    {
        _load = _cgroup.Start(_application.Load, _folder);
        _load.OutputDataReceived += (_, line) => Read(line.Data);
        _load.ErrorDataReceived += (_, line) => Read(line.Data);
        _load.BeginOutputReadLine();
        _load.BeginErrorReadLine();
    }

    /// <summary>Holds and continues the load in turns until cancelled.</summary>
    public async Task AlternateAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        try
        {
            for (var hold = true; ; hold = !hold)
            {
                await Task.Delay(period, _clock, cancellationToken).ConfigureAwait(false);
                _cgroup.Hold(hold);
            }
        }
        catch (OperationCanceledException)
        {
            _cgroup.Hold(false);
        }
    }

    /// <summary>Mean of the speeds stated for a window; null when there are too few to say.</summary>
    public double? SpeedIn(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_rates)
        {
            // A line tells of the second before it.
            var inside = _rates.Where(rate => rate.At > from.AddSeconds(0.9) && rate.At <= to.AddSeconds(0.1)).Select(rate => rate.Rate).ToList();
            return inside.Count >= Math.Max(1, (to - from).TotalSeconds / 3) ? inside.Average() : null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _cgroup.Dispose();
        if (_load is not null)
        {
            await _load.WaitForExitAsync().ConfigureAwait(false);
            _load.Dispose();
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        if (_application.Setup is null)
        {
            return;
        }

        // Servers outlive the script and keep its pipes, so its output goes to a file.
        using var setup = _cgroup.Start($"exec >'{_folder}/setup.log' 2>&1 </dev/null\n{_application.Setup}", _folder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SetupLimit);
        try
        {
            while (!setup.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CampaignException($"{_application.Name} was not ready after {SetupLimit.TotalSeconds} s");
        }

        if (setup.ExitCode != 0)
        {
            throw new CampaignException($"{_application.Name} could not be set up (exit code {setup.ExitCode}): {await File.ReadAllTextAsync($"{_folder}/setup.log", cancellationToken).ConfigureAwait(false)}");
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        var now = _clock.GetUtcNow();
        foreach (var part in line.Split('\r'))
        {
            if (_application.ReadRate(part) is { } rate)
            {
                lock (_rates)
                {
                    _rates.Add((now, rate));
                }
            }
        }
    }
}
