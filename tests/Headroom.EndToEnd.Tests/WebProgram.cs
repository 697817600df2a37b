using System.Diagnostics;
using System.Globalization;

namespace Headroom.EndToEnd.Tests;

/// <summary>The real web program, as built, on a free port and a given database.</summary>
internal sealed class WebProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private WebProgram(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts the program and waits until it is ready. Nobody has to sign in, unless the settings of the other overload say so.</summary>
    public static Task<WebProgram> StartAsync(string connectionString, CancellationToken cancellationToken) =>
        StartAsync(connectionString, new Dictionary<string, string> { ["Headroom__Auth__Mode"] = "Open" }, cancellationToken);

    /// <summary>Starts the program with settings, given as environment variables, and waits until it is ready.</summary>
    public static async Task<WebProgram> StartAsync(string connectionString, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Programs.FreePort()}"));
        var start = new ProcessStartInfo(Programs.File("Headroom.Web", "Headroom.Web")) { UseShellExecute = false };
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(address.ToString());
        start.Environment["ConnectionStrings__Headroom"] = connectionString;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var program = new WebProgram(Process.Start(start)!, address);
        using var client = new HttpClient { BaseAddress = address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), limit.Token);
                if (answer.IsSuccessStatusCode)
                {
                    return program;
                }
            }
            catch (HttpRequestException) when (!program._process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
