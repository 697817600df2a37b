using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Headroom.Storage.Provisioning;

namespace Headroom.EndToEnd.Tests;

/// <summary><c>headroom up</c> as a person types it.</summary>
internal sealed class UpProgram : IDisposable
{
    private const string Live = "Headroom is live: ";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private UpProgram(string data, int port, IEnumerable<string> more)
    {
        var start = new ProcessStartInfo(Programs.File("Headroom.Cli", "headroom"), ["up", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", data, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    /// <summary>What it has said so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    public int ExitCode => _process.ExitCode;

    /// <param name="data">Folder of database, spool and logs.</param>
    /// <param name="port">Port of the pages; a free one when it is not given.</param>
    /// <param name="more">Further arguments.</param>
    public static UpProgram Start(string data, int? port = null, params IEnumerable<string> more)
    {
        var up = new UpProgram(data, port ?? FreePort.Choose(), more);
        up._process.Start();
        up._process.BeginOutputReadLine();
        up._process.BeginErrorReadLine();
        return up;
    }

    /// <summary>Waits until it says where it is live, and returns that address.</summary>
    public async Task<Uri> WaitUntilLiveAsync()
    {
        var line = await Patience.UntilAsync("'up' to be live", () =>
        {
            Assert.False(_process.HasExited, string.Join('\n', _output));
            return Task.FromResult(_output.FirstOrDefault(said => said.StartsWith(Live, StringComparison.Ordinal)));
        });
        return new Uri(line[Live.Length..]);
    }

    /// <summary>Ctrl-C, and the end of it.</summary>
    public async Task InterruptAsync()
    {
        using var interrupt = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await WaitForEndAsync();
    }

    /// <summary>Waits until it ends.</summary>
    public Task WaitForEndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

    /// <summary>Kills what a failed test left running, with the database and the programs it started.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"'up' said:\n{string.Join('\n', _output)}");
    }
}
