using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Headroom.Storage.Provisioning;

namespace Headroom.EndToEnd.Tests;

/// <summary>The one command, as a person types it: the real agent, server and private database of this machine.</summary>
public sealed class UpTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly string _data = Directory.CreateTempSubdirectory("headroom-up-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Up_shows_this_host_live_stops_on_ctrl_c_and_goes_on_with_the_same_data()
    {
        Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL: install the package 'postgresql'");
        var first = await RunUntilLiveThenInterruptAsync();
        Assert.Equal(0, first.ExitCode);
        Assert.Contains(first.Output, line => line.Contains("enrolled with a single-use token", StringComparison.Ordinal));
        Assert.Contains("Stopped.", first.Output);

        var second = await RunUntilLiveThenInterruptAsync();
        Assert.Equal(0, second.ExitCode);
        Assert.Contains(second.Output, line => line.Contains("enrolled before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_up_with_a_sentence_and_exit_code_1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var up = Start(((IPEndPoint)taken.LocalEndpoint).Port, out var output);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(output, line => line.Contains("is taken by another program", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_folder_that_is_half_made_ends_up_with_a_sentence_and_exit_code_1()
    {
        Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL: install the package 'postgresql'");
        // The user that the database runs as may walk here, so that the cluster is not put elsewhere.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        var data = Directory.CreateDirectory(Path.Combine(_data, "postgres", "data")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "postgresql.conf"), "", TestContext.Current.CancellationToken);
        using var up = Start(Programs.FreePort(), out var output);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal(1, up.ExitCode);
        Assert.Contains(output, line => line.Contains("is not a whole PostgreSQL cluster", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(data, "postgresql.conf")));
    }

    private async Task<(int ExitCode, ConcurrentQueue<string> Output)> RunUntilLiveThenInterruptAsync()
    {
        using var up = Start(Programs.FreePort(), out var output);
        var started = Stopwatch.GetTimestamp();
        while (!output.Any(line => line.StartsWith("Headroom is live", StringComparison.Ordinal)))
        {
            Assert.False(up.HasExited, string.Join('\n', output));
            Assert.True(Stopwatch.GetElapsedTime(started) < Limit, string.Join('\n', output));
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }

        using var interrupt = Process.Start("kill", ["-INT", up.Id.ToString(CultureInfo.InvariantCulture)]);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return (up.ExitCode, output);
    }

    private Process Start(int port, out ConcurrentQueue<string> output)
    {
        var start = new ProcessStartInfo(Programs.File("Headroom.Cli", "headroom"), ["up", "--port", port.ToString(CultureInfo.InvariantCulture), "--data", _data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var lines = new ConcurrentQueue<string>();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => lines.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        output = lines;
        return process;
    }
}
