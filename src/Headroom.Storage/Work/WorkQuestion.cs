using Headroom.Storage.Model;

namespace Headroom.Storage.Work;

/// <summary>Which pieces of work to list; null leaves a condition out.</summary>
/// <param name="Kind">Only this kind.</param>
/// <param name="State">Only this state.</param>
/// <param name="Before">Only asked for before this time (the next page).</param>
public sealed record WorkQuestion(string? Kind = null, WorkState? State = null, DateTimeOffset? Before = null);
