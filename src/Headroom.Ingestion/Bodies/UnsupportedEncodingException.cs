namespace Headroom.Ingestion.Bodies;

/// <summary>A Content-Encoding or Content-Type that no receiver here reads. Answered with 415.</summary>
internal sealed class UnsupportedEncodingException(string message) : Exception(message);
