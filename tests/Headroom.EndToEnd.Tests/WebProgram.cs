using System.Collections.Concurrent;
using System.Diagnostics;

namespace Headroom.EndToEnd.Tests;

/// <summary>
/// The real web program, as built, on a port that it chooses itself and a given database. What it logs is shown with the test that
/// started it, should that fail.
/// </summary>
internal sealed class WebProgram : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private const int ShownLines = 30;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WebProgram(string connectionString, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(Programs.File("Headroom.Web", "Headroom.Web"), ["--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Headroom"] = connectionString;
        start.Environment["Headroom__Access"] = "Open";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("the server ended while it started"));
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Memory that it holds now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What it wrote last.</summary>
    public string LastLines => $"The server's last lines:\n{string.Join('\n', _log.TakeLast(ShownLines))}";

    /// <summary>Starts the program and waits until it is ready. Nobody has to sign in, unless the settings of the other overload say so.</summary>
    public static Task<WebProgram> StartAsync(string connectionString, CancellationToken cancellationToken) =>
        StartAsync(connectionString, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Starts the program with settings, given as environment variables, and waits until it is ready.</summary>
    public static async Task<WebProgram> StartAsync(string connectionString, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var program = new WebProgram(connectionString, settings);
        program._process.Start();
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        try
        {
            program.Address = await program._listening.Task.WaitAsync(Patience.Limit, cancellationToken);
            await program.WaitUntilReadyAsync(cancellationToken);
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the program sleep in the middle of whatever it does, as a machine that swaps or a paused virtual machine does.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Lets it go on as if nothing had happened.</summary>
    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine(LastLines);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", FormattableString.Invariant($"{_process.Id}")]);
        kill.WaitForExit();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience.Limit);
        while (true)
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _log.Enqueue(line);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
        {
            _listening.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
        }
    }
}
