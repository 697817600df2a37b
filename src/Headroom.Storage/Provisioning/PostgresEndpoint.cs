namespace Headroom.Storage.Provisioning;

/// <summary>A PostgreSQL that answers. Disposing stops it when we started it, and leaves it alone when we did not.</summary>
/// <param name="ConnectionString">How to reach it.</param>
/// <param name="Source">Name of the source that gave it.</param>
public sealed record PostgresEndpoint(string ConnectionString, string Source) : IAsyncDisposable
{
    internal Func<ValueTask>? Stop { get; init; }

    internal Func<string?>? Ended { get; init; }

    /// <summary>Why the server that we started does not run any more; null while it runs, and always when it is not ours.</summary>
    public string? WhyItEnded() => Ended?.Invoke();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Stop?.Invoke() ?? ValueTask.CompletedTask;
}
