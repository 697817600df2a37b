namespace Headroom.Storage.Reading;

/// <summary>A question that cannot be answered: a metric or entity that does not exist, a range or width beyond the limits.</summary>
public sealed class InvalidQueryException(string message) : Exception(message);
