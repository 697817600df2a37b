using Headroom.Ingestion.Receiving;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;
using Microsoft.Extensions.Options;

namespace Headroom.Ingestion.Frames;

/// <summary>Decodes batches, no more at once than there are processors: what a body unfolds to is known only afterwards.</summary>
internal sealed class BatchDecoder(IOptions<IngestionOptions> options) : IDisposable
{
    /// <summary>Bytes of a decoded value and its share of everything around it.</summary>
    private const int BytesPerValue = 6;

    private readonly SemaphoreSlim _slots = new(Environment.ProcessorCount);

    private readonly FrameBatchLimits _limits = new()
    {
        MaxFrames = options.Value.MaxFramesPerBatch,
        MaxEntities = options.Value.MaxEntitiesPerBatch,
        MaxBodyBytes = options.Value.MaxDecompressedBytes,
    };

    /// <exception cref="FrameBatchFormatException">The body is no batch, or one beyond the limits.</exception>
    /// <exception cref="RefusedException">There is no room for the decoded batch now.</exception>
    public async ValueTask<FrameBatch> DecodeAsync(ReadOnlyMemory<byte> body, MemoryLease lease, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var table = FrameBatchCodec.DecodeTable(body.Span, _limits);
            lease.Take(table.Rows.Sum(rows => (long)rows.AllValues.Length * BytesPerValue));
            return table.ToFrameBatch();
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}
