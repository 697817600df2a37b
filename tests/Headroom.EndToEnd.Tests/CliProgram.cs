using System.Collections.Concurrent;
using System.Diagnostics;

namespace Headroom.EndToEnd.Tests;

/// <summary>The <c>headroom</c> command as built, and what it printed.</summary>
internal sealed class CliProgram : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private CliProgram(Process process) => _process = process;

    public string Output => string.Join('\n', _output);

    public bool HasExited => _process.HasExited;

    public static CliProgram Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.File("Headroom.Cli", "headroom"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var program = new CliProgram(process);
        process.OutputDataReceived += (_, line) => program._output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => program._output.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Runs a command to its end and returns what it printed.</summary>
    public static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var program = Start(environment, arguments);
        await program._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program._process.ExitCode == 0, $"headroom {string.Join(' ', arguments)} ended with {program._process.ExitCode}:\n{program.Output}");
        return program.Output;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
