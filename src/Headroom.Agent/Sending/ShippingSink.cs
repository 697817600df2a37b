using Headroom.Agent.Configuration;
using Headroom.Agent.Enrolment;
using Headroom.Agent.Sampling;
using Headroom.Agent.Spool;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Sending;

/// <summary>Where frames go on a measured machine: into the spool, and from there to the server.</summary>
internal sealed class ShippingSink : IFrameSink
{
    private readonly FrameSpool _spool;
    private readonly FrameSignal _signal = new();
    private readonly FrameClient _client;
    private readonly SpoolSink _sink;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;

    /// <exception cref="IOException">The spool cannot be used.</exception>
    public ShippingSink(AgentOptions options, TimeProvider clock, ILogger log)
    {
        _spool = FrameSpool.Open(options.SpoolFolder, options.Spool, MetricCatalogue.Current.Version, clock, log);
        _client = new FrameClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(15) }, TimeSpan.FromSeconds(options.Sending.TimeoutSeconds), clock);
        _sink = new SpoolSink(_spool, _signal);
        var sender = new Sender(
            _spool,
            _signal,
            _client,
            new AgentKeyFile(options.DataFolder, options.Server),
            new Quarantine(Path.Combine(options.DataFolder, "quarantine"), options.Sending.QuarantineBytes),
            options.Sending,
            clock,
            new BackOff(options.Sending, new Random(Environment.ProcessId)),
            log);
        _sending = Task.Run(() => sender.RunAsync(_stop.Token));
    }

    public ValueTask WriteAsync(DateTimeOffset at, IReadOnlyList<EntitySample> samples, IReadOnlyList<EntityDescriptor> entities, CancellationToken cancellationToken) =>
        _sink.WriteAsync(at, samples, entities, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _spool.Dispose();
        _client.Dispose();
        _signal.Dispose();
        _stop.Dispose();
    }
}
