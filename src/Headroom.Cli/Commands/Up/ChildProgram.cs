using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Headroom.Cli.Commands.Up;

/// <summary>
/// A program that <c>up</c> runs beside itself: in a session of its own, so that Ctrl-C reaches only <c>up</c>, which then stops its
/// programs in order; output goes to a log file; its process id is kept in a file, so that what a killed <c>up</c> left behind is
/// stopped by the next one.
/// </summary>
internal sealed partial class ChildProgram : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _pidFile;

    private ChildProgram(string name, Process process, string pidFile, string logFile)
    {
        Name = name;
        LogFile = logFile;
        _process = process;
        _pidFile = pidFile;
    }

    public string Name { get; }

    public string LogFile { get; }

    public bool HasExited => _process.HasExited;

    public int ProcessId => _process.Id;

    public static ChildProgram Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string logFolder)
    {
        Directory.CreateDirectory(logFolder);
        var logFile = Path.Combine(logFolder, name + ".log");
        var pidFile = PidFile(name, logFolder);

        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec setsid \"$@\" >>\"$HEADROOM_LOG\" 2>&1");
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        start.Environment["HEADROOM_LOG"] = logFile;
        var process = Process.Start(start) ?? throw new UpException($"{program} could not be started.");
        process.StandardInput.Close();
        File.WriteAllText(pidFile, process.Id.ToString(CultureInfo.InvariantCulture));
        return new ChildProgram(name, process, pidFile, logFile);
    }

    /// <summary>The end of its log, to show when it has failed.</summary>
    public string LogTail(int lines = 12) => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "(no log)";

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, SignalTerminate);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        File.Delete(_pidFile);
        _process.Dispose();
    }

    /// <summary>Stops the program of this name that a killed <c>up</c> left running, if there is one.</summary>
    public static void StopLeftover(string name, string program, string logFolder)
    {
        var pidFile = PidFile(name, logFolder);
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out var pid))
        {
            return;
        }

        var commandLine = $"/proc/{pid}/cmdline";
        if (File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(Path.GetFileName(program), StringComparison.Ordinal))
        {
            using var leftover = Process.GetProcessById(pid);
            _ = Kill(pid, SignalTerminate);
            if (!leftover.WaitForExit(StopLimit))
            {
                leftover.Kill(entireProcessTree: true);
            }
        }

        File.Delete(pidFile);
    }

    private static string PidFile(string name, string logFolder) => Path.Combine(logFolder, name + ".pid");

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
