namespace Headroom.Oversubscription.Traces;

/// <summary>A trace that cannot be read; the message names the file, what was expected and what came.</summary>
public sealed class TraceException(string message) : Exception(message);
