using Headroom.Storage.Model;

namespace Headroom.Storage.Work;

/// <summary>Which pieces of work to list; null leaves a condition out.</summary>
/// <param name="Kind">Only this kind.</param>
/// <param name="State">Only this state.</param>
/// <param name="Before">Only asked for before this time (the next page).</param>
/// <param name="Model">Only what was asked about this model, or made or decided about a version of it.</param>
/// <param name="Search">Only with this text in the kind, the asker, what it says of itself or why it failed.</param>
public sealed record WorkQuestion(string? Kind = null, WorkState? State = null, DateTimeOffset? Before = null, string? Model = null, string? Search = null)
{
    /// <summary>Kinds of work that are about <see cref="Model"/> and nothing else.</summary>
    public IReadOnlyList<string> ModelKinds { get; init; } = [];
}
