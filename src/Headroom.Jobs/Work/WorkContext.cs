using System.Text.Json;
using Headroom.Storage.Work;

namespace Headroom.Jobs.Work;

/// <summary>What a piece of work knows of itself and says about itself. Reporting is cheap: the newest report is written with the next heartbeat.</summary>
public sealed class WorkContext : IProgress<WorkProgress>
{
    private readonly WorkClaim _claim;

    internal WorkContext(WorkClaim claim) => _claim = claim;

    /// <summary>The work.</summary>
    public Guid WorkId => _claim.WorkId;

    /// <summary>The right to publish what the work made outside its own answer; ends when another worker takes it.</summary>
    public WorkFence Fence => _claim.Fence;

    /// <summary>Where the worker before stopped, or null at the start.</summary>
    public byte[]? Checkpoint => _claim.Checkpoint;

    internal WorkProgress Latest { get; private set; } = new(0, "started");

    /// <summary>The arguments the work was asked for with.</summary>
    /// <exception cref="WorkFailedException">They do not fit.</exception>
    public T Arguments<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(_claim.Arguments, JsonSerializerOptions.Web) ?? throw new WorkFailedException($"the arguments of this work are null, expected {typeof(T).Name}");
        }
        catch (JsonException malformed)
        {
            throw new WorkFailedException($"the arguments of this work are not {typeof(T).Name}: {malformed.Message}", malformed);
        }
    }

    /// <inheritdoc />
    public void Report(WorkProgress value) => Latest = value with { Share = double.IsNaN(value.Share) ? 0 : Math.Clamp(value.Share, 0, 1) };

    /// <summary>Writes a line to the log of this work.</summary>
    public Task LogAsync(string text, CancellationToken cancellationToken) => _claim.LogAsync(text, cancellationToken);

    /// <summary>Keeps where another worker could go on after a crash.</summary>
    /// <exception cref="OperationCanceledException">Another worker holds this work now.</exception>
    public async Task SaveCheckpointAsync(byte[] checkpoint, CancellationToken cancellationToken)
    {
        if (!await _claim.SaveCheckpointAsync(checkpoint, cancellationToken).ConfigureAwait(false))
        {
            throw new OperationCanceledException("another worker holds this work now");
        }
    }
}
