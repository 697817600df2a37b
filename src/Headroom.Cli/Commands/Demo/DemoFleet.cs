using Headroom.Cli.Senders;
using Headroom.Ingestion;
using Headroom.Ingestion.Enrolling;
using Headroom.Storage;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Cli.Commands.Demo;

/// <summary>Sends the demo hosts' past at once, then their present second by second.</summary>
/// <param name="options">What a person chose.</param>
/// <param name="scenes">What the hosts show.</param>
/// <param name="clock">Time of the frames.</param>
internal sealed class DemoFleet(DemoOptions options, IReadOnlyList<Scene> scenes, TimeProvider clock)
{
    /// <summary>Past frames are this far apart: close enough for every chart, and a day takes seconds to send.</summary>
    private static readonly TimeSpan PastStep = TimeSpan.FromSeconds(10);

    private const int FramesPerBatch = 360;
    private const int GpusPerHost = 4;

    /// <summary>Every third host has GPUs.</summary>
    private const int GpuHostEvery = 3;

    private const int ParallelSenders = 4;

    /// <summary>Works until it is cancelled.</summary>
    /// <param name="progress">Told in words what has been sent.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddHeadroomStorage(options.ConnectionString).AddHeadroomEnrolment().BuildServiceProvider();
        using var server = new HttpClient { BaseAddress = options.Server };
        var members = new List<Member>();
        for (var number = 1; number <= options.Hosts; number++)
        {
            var host = new DemoHost(number, scenes, number % GpuHostEvery == 0 ? GpusPerHost : 0, options.Seed);
            members.Add(new Member(host, await FrameSender.EnrolAsync(
                server, services.GetRequiredService<Enrolment>(), host.Name, $"demo-machine-{number}", "demo", cancellationToken)));
        }

        var now = clock.GetUtcNow();
        await SendPastAsync(members, now, progress, cancellationToken);
        await SendPresentAsync(members, now, cancellationToken);
    }

    private async Task SendPastAsync(List<Member> members, DateTimeOffset now, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var count = (int)(options.History / PastStep);
        var sent = 0;
        await Parallel.ForEachAsync(members, new ParallelOptions { MaxDegreeOfParallelism = ParallelSenders, CancellationToken = cancellationToken }, async (member, token) =>
        {
            foreach (var part in Enumerable.Range(0, count).Chunk(FramesPerBatch))
            {
                await member.SendAsync([.. part.Select(index => now - ((count - index) * PastStep)).Select(at => (at, at))], token);
            }

            progress.Report($"{Interlocked.Increment(ref sent)} of {members.Count} demo hosts have their past");
        });
    }

    private async Task SendPresentAsync(List<Member> members, DateTimeOffset start, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        do
        {
            var at = clock.GetUtcNow();
            var story = start + ((at - start) * options.Speed);
            await Parallel.ForEachAsync(members, new ParallelOptions { MaxDegreeOfParallelism = ParallelSenders, CancellationToken = cancellationToken },
                async (member, token) => await member.SendAsync([(at, story)], token));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private sealed record Member(DemoHost Host, FrameSender Sender)
    {
        private readonly Guid _epoch = Guid.NewGuid();
        private long _sequence;

        public async Task SendAsync(IReadOnlyList<(DateTimeOffset At, DateTimeOffset Story)> times, CancellationToken cancellationToken)
        {
            var batch = Host.Batch(Sender.AgentId, _epoch, _sequence, times);
            _sequence += times.Count;
            await Sender.SendAsync(FrameBatchCodec.Encode(batch), cancellationToken);
        }
    }
}
