namespace Headroom.MemoryPlacement;

/// <summary>A model, machine or request that cannot be used; the message says what was expected, where, and what came.</summary>
public sealed class MemoryInputException(string message, Exception? inner = null) : Exception(message, inner);
