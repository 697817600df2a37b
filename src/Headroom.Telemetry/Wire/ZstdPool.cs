using System.Collections.Concurrent;
using ZstdSharp;

namespace Headroom.Telemetry.Wire;

/// <summary>Zstd contexts to use again: making one costs more than a small batch does.</summary>
internal static class ZstdPool
{
    private static readonly ConcurrentBag<Compressor> Compressors = [];
    private static readonly ConcurrentBag<Decompressor> Decompressors = [];

    public static Lease<Compressor> Compressor(int level)
    {
        var zstd = Compressors.TryTake(out var idle) ? idle : new Compressor();
        zstd.Level = level;
        return new Lease<Compressor>(Compressors, zstd);
    }

    public static Lease<Decompressor> Decompressor() =>
        new(Decompressors, Decompressors.TryTake(out var idle) ? idle : new Decompressor());

    /// <summary>A context until it is disposed, which gives it back.</summary>
    public readonly struct Lease<T>(ConcurrentBag<T> idle, T value) : IDisposable
    {
        public T Value { get; } = value;

        public void Dispose() => idle.Add(Value);
    }
}
