namespace Headroom.Client;

/// <summary>Why the server refused: problem details (RFC 9457).</summary>
/// <param name="Type">Stable, for example <c>urn:headroom:host-not-found</c>; programs decide by it.</param>
/// <param name="Title">The kind of problem in words.</param>
/// <param name="Status">Status code.</param>
/// <param name="Detail">What was expected, where, and what came.</param>
/// <param name="TraceId">By which the server's log knows the request.</param>
public sealed record ApiProblem(string? Type, string? Title, int? Status, string? Detail, string? TraceId);
