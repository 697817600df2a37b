using Headroom.Cli.Commands.Bench.Ingest;
using Headroom.Ingestion.Enrolling;
using Headroom.Telemetry.Wire;

namespace Headroom.Cli.Commands.Bench.Load;

/// <summary>Many agents that each send one frame a second, spread over the second as real ones are.</summary>
internal sealed class LoadAgents(Enrolment enrolment, HttpClient server)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private const int ParallelEnrolments = 8;

    private readonly List<SimulatedAgent> _agents = [];
    private long _sent;

    public int Count => _agents.Count;

    /// <summary>Frames that the server acknowledged.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Enrols agents until there are so many.</summary>
    public async Task GrowAsync(int count, CancellationToken cancellationToken)
    {
        var wanted = Enumerable.Range(_agents.Count, Math.Max(0, count - _agents.Count)).ToArray();
        var made = new SimulatedAgent[wanted.Length];
        await Parallel.ForEachAsync(wanted.Index(), new ParallelOptions { MaxDegreeOfParallelism = ParallelEnrolments, CancellationToken = cancellationToken }, async (place, token) =>
            made[place.Index] = await SimulatedAgent.EnrolAsync(place.Item, enrolment, server, token));
        _agents.AddRange(made);
    }

    /// <summary>All of them send for a while. An answer's time counts from when its frame was due, so a sender that waits does not hide it.</summary>
    public async Task<Latencies> SendAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var latencies = new Latencies();
        var start = TimeProvider.System.GetUtcNow().Add(Period);
        await Task.WhenAll(_agents.Select(async (agent, index) =>
        {
            await Task.Yield();
            var due = start + (Period * index / _agents.Count);
            for (var end = start + duration; due < end; due += Period)
            {
                var wait = due - TimeProvider.System.GetUtcNow();
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, cancellationToken);
                }

                await agent.SendAsync(FrameBatchCodec.Encode(agent.Next(due, 1)), cancellationToken);
                Interlocked.Increment(ref _sent);
                latencies.Add(TimeProvider.System.GetUtcNow() - due);
            }
        }));
        return latencies;
    }
}
