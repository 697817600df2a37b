namespace Headroom.Jobs.Work;

/// <summary>
/// A kind of long work that people ask for: it reports progress, can be cancelled, and may be run again by another worker after a
/// crash. Register one with <c>services.AddWorkKind&lt;T&gt;()</c>; ask for work with <see cref="WorkQueue.EnqueueAsync"/>.
/// </summary>
public interface IWorkKind
{
    /// <summary>Stable name, for example <c>backtest</c>.</summary>
    string Name { get; }

    /// <summary>What a worker must have to do it, in one word, for example <c>torch</c>; null when any worker can.</summary>
    string? Needs => null;

    /// <summary>The model that all work of this kind is about; null when it is about none, or its arguments name it.</summary>
    string? Model => null;

    /// <summary>Why this process lacks what is needed; null when it can do the work.</summary>
    string? Unavailable => null;

    /// <summary>Does the work and returns its answer, which is stored as JSON (camel case).</summary>
    /// <param name="work">Arguments, progress, log and checkpoint of this piece of work.</param>
    /// <param name="cancellationToken">Cancelled when somebody cancels the work, another worker took it over, or the program stops.</param>
    /// <exception cref="WorkFailedException">The work cannot be done; its message is shown to the person who asked.</exception>
    Task<object?> RunAsync(WorkContext work, CancellationToken cancellationToken);
}
