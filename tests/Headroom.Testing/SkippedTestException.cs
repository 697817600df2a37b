using Xunit.v3;

namespace Headroom.Testing;

/// <summary>xUnit shows a test that throws this as skipped, with the reason.</summary>
public sealed class SkippedTestException(string reason) : Exception(DynamicSkipToken.Value + reason);
