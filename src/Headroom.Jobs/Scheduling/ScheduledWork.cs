using Headroom.Jobs.Work;

namespace Headroom.Jobs.Scheduling;

/// <summary>Asks for long work on a schedule, unless the same still waits or runs.</summary>
/// <param name="name">Name of the schedule.</param>
/// <param name="kind">Kind of the work.</param>
/// <param name="arguments">What to ask for; none when there is nothing to do.</param>
/// <param name="queue">Where it is asked for.</param>
internal sealed class ScheduledWork(string name, string kind, Func<CancellationToken, Task<IReadOnlyList<object>>> arguments, WorkQueue queue) : IScheduledJob
{
    public string Name => name;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (asked, running) = (0, 0);
        foreach (var one in await arguments(cancellationToken).ConfigureAwait(false))
        {
            var (_, isNew) = await queue.EnqueueOnceAsync(kind, one, "schedule", cancellationToken).ConfigureAwait(false);
            (asked, running) = isNew ? (asked + 1, running) : (asked, running + 1);
        }

        return asked + running == 0 ? "nothing to do" : FormattableString.Invariant($"{asked} asked for, {running} still at it");
    }
}
