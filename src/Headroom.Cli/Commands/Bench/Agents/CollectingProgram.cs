using System.Diagnostics;
using Headroom.Cli.Commands.Bench.Platform;

namespace Headroom.Cli.Commands.Bench.Agents;

/// <summary>A program that collects metrics once a second, started for the bench in a folder of its own.</summary>
internal abstract class CollectingProgram : IDisposable
{
    private static readonly string[] ProgramFolders = ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin", "/sbin"];

    private Process? _process;

    protected CollectingProgram(string name) => (Name, Folder) = (name, Directory.CreateTempSubdirectory("headroom-bench-").FullName);

    public string Name { get; }

    /// <summary>How many metrics it reads each second.</summary>
    public double MetricsPerSecond { get; protected set; }

    public double PeakResidentMebibytes { get; private set; }

    public int ProcessCount { get; private set; }

    protected string Folder { get; }

    public double CpuSeconds => ProcessTree.CpuSeconds(Pid);

    private int Pid => _process?.Id ?? throw new InvalidOperationException($"{Name} has not been started");

    /// <summary>Starts it.</summary>
    public void Start()
    {
        _process = Process.Start(Command()) ?? throw new InvalidOperationException($"{Name} did not start");

        // Nobody reads what it says; a full pipe would stop it.
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Learns how many metrics there are, once it is warm.</summary>
    public abstract Task CountMetricsAsync(CancellationToken cancellationToken);

    /// <summary>What its user would do each second: scrape it, or nothing.</summary>
    public virtual Task EachSecondAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Looks at its memory.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    public void Observe()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"{Name} ended by itself with exit code {_process.ExitCode}");
        }

        PeakResidentMebibytes = Math.Max(PeakResidentMebibytes, ProcessTree.PeakResidentMebibytes(Pid));
        ProcessCount = Math.Max(ProcessCount, ProcessTree.Count(Pid));
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(TimeSpan.FromSeconds(10));
        }

        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    protected abstract ProcessStartInfo Command();

    protected static ProcessStartInfo Quiet(string program, params IEnumerable<string> arguments) =>
        new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

    /// <summary>Where a program lies, or null when it is not installed.</summary>
    protected static string? Installed(string program) => ProgramFolders
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
