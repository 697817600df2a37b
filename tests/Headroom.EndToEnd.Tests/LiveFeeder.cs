using Headroom.Storage;
using Headroom.Storage.Model;
using Headroom.Storage.Writing;
using Headroom.Telemetry.Frames;
using Headroom.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.EndToEnd.Tests;

/// <summary>An agent's stream without the agent: frames go straight into the store, a past at once and then one a second, until it is disposed.</summary>
internal abstract class LiveFeeder(PostgresDatabase database, AgentRow agent) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>The host that is fed.</summary>
    public int HostId => agent.HostId;

    /// <summary>The store.</summary>
    protected ServiceProvider Services { get; } = new ServiceCollection().AddHeadroomStorage(database.ConnectionString).BuildServiceProvider();

    /// <summary>Who sends.</summary>
    protected Guid Agent => agent.AgentId;

    /// <summary>Epoch of the sequences.</summary>
    protected Guid Epoch { get; } = Guid.NewGuid();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        await Services.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Goes on live.</summary>
    protected void GoLive() => _running = RunAsync();

    /// <summary>Writes the frame of this second.</summary>
    protected abstract Task WriteNowAsync(CancellationToken cancellationToken);

    /// <summary>Puts a batch into the store.</summary>
    protected Task StoreAsync(FrameBatch batch, CancellationToken cancellationToken) => Services.GetRequiredService<TelemetryWriter>().WriteAsync([batch], cancellationToken);

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await WriteNowAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
