using Headroom.Cli.Senders;
using Headroom.Ingestion.Enrolling;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Cli.Commands.Bench.Ingest;

/// <summary>
/// An enrolled agent that sends frames of 206 values: two workloads with every metric of a workload, each value a seeded random walk
/// rounded as counters and rates are.
/// </summary>
internal sealed class SimulatedAgent
{
    private readonly Guid _epoch = Guid.NewGuid();
    private readonly FrameSender _sender;
    private readonly float[][] _state;
    private readonly Random _random;
    private long _sequence;

    private SimulatedAgent(int number, FrameSender sender)
    {
        (Number, _sender, _random) = (number, sender, new Random(number));
        _state = [.. Enumerable.Range(0, Workloads).Select(_ => Enumerable.Range(0, MetricsPerWorkload).Select(_ => _random.NextSingle() * 1_000).ToArray())];
    }

    /// <summary>Rows of one frame.</summary>
    public const int Workloads = 2;

    public static int MetricsPerWorkload { get; } = MetricCatalogue.Current.For(EntityKind.Workload).Count;

    /// <summary>Values of one frame.</summary>
    public static int ValuesPerFrame => Workloads * MetricsPerWorkload;

    public int Number { get; }

    public Guid AgentId => _sender.AgentId;

    /// <summary>Enrols one at the server, as a real agent does.</summary>
    public static async Task<SimulatedAgent> EnrolAsync(int number, Enrolment enrolment, HttpClient server, CancellationToken cancellationToken) =>
        new(number, await FrameSender.EnrolAsync(server, enrolment, $"bench-{number}", $"bench-machine-{number}", "bench", cancellationToken));

    /// <summary>The next frames of the agent, one per second from a time on.</summary>
    public FrameBatch Next(DateTimeOffset from, int frames) => new(
        AgentId, _epoch, MetricCatalogue.Current.Version,
        [.. Enumerable.Range(0, Workloads).Select(i => new EntityDescriptor(i, EntityKind.Workload, $"/bench/{i}", $"bench {i}", null, new Dictionary<string, string>()))],
        [.. Enumerable.Range(0, frames).Select(second => new Frame(_sequence++, from.AddSeconds(second), [.. Enumerable.Range(0, Workloads).Select(i => new EntitySample(i, Step(_state[i])))]))],
        []);

    /// <summary>Sends an encoded batch and returns once the server has committed it.</summary>
    public Task SendAsync(byte[] batch, CancellationToken cancellationToken) => _sender.SendAsync(batch, cancellationToken);

    private MetricVector Step(float[] state)
    {
        var vector = new MetricVector(state.Length);
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = MathF.Max(0, MathF.Round(state[i] + ((_random.NextSingle() - 0.5f) * 10), 2));
            vector[i] = state[i];
        }

        return vector;
    }
}
