namespace Headroom.Client;

/// <summary>Part of a list.</summary>
/// <param name="Items">This part.</param>
/// <param name="Next">Pass as <c>after</c> to get the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int? Next);
