namespace Headroom.EndToEnd.Tests.Fuzzing;

/// <summary>One way into the server.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Make">Another request every time, the same for the same seed.</param>
internal sealed record FuzzTarget(string Name, Func<Random, FuzzRequest> Make);
