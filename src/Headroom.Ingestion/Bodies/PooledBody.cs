using System.Buffers;

namespace Headroom.Ingestion.Bodies;

/// <summary>Bytes in a rented array; disposing gives the array back.</summary>
internal sealed class PooledBody(byte[] rented, int length) : IDisposable
{
    private byte[]? _rented = rented;

    public int Length { get; } = length;

    public ReadOnlySpan<byte> Span => Memory.Span;

    public ReadOnlyMemory<byte> Memory => (_rented ?? throw new ObjectDisposedException(nameof(PooledBody))).AsMemory(0, Length);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
