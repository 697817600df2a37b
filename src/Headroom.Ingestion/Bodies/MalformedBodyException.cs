namespace Headroom.Ingestion.Bodies;

/// <summary>The body is not what its content type says; the message tells the sender what was expected and what came. Answered with 400.</summary>
internal sealed class MalformedBodyException(string message, Exception? inner = null) : Exception(message, inner);
