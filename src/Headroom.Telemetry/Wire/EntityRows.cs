using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Wire;

/// <summary>The rows of one entity over the frames of a batch.</summary>
public sealed class EntityRows
{
    private readonly float[] _values;
    private readonly byte[] _presence;
    private readonly int[] _frameIndexes;

    internal EntityRows(EntityDescriptor entity, int metricCount, int[] frameIndexes)
    {
        Entity = entity;
        MetricCount = metricCount;
        _frameIndexes = frameIndexes;
        _values = new float[metricCount * frameIndexes.Length];
        _presence = new byte[PresenceBytes * frameIndexes.Length];
    }

    public EntityDescriptor Entity { get; }

    /// <summary>Rows, one per frame in which the entity could be read.</summary>
    public int Count => _frameIndexes.Length;

    /// <summary>Metrics in each row, by catalogue ordinal.</summary>
    public int MetricCount { get; }

    /// <summary>Bytes of the presence bitmap of one row.</summary>
    public int PresenceBytes => (MetricCount + 7) / 8;

    /// <summary>For each row the index of its frame in <see cref="FrameTable.Sequences"/> and <see cref="FrameTable.Times"/>, increasing.</summary>
    public ReadOnlyMemory<int> FrameIndexes => _frameIndexes;

    /// <summary>Values of all rows, [row, metric]; zero where the metric is missing.</summary>
    public ReadOnlyMemory<float> AllValues => _values;

    /// <summary>Presence bitmaps of all rows, [row, byte], least significant bit first.</summary>
    public ReadOnlyMemory<byte> AllPresence => _presence;

    /// <summary>Values of one row by catalogue ordinal; zero where the metric is missing.</summary>
    public ReadOnlySpan<float> Values(int row) => _values.AsSpan(row * MetricCount, MetricCount);

    /// <summary>Presence of one row, one bit per metric, least significant bit first; bits past the last metric are zero.</summary>
    public ReadOnlySpan<byte> Presence(int row) => _presence.AsSpan(row * PresenceBytes, PresenceBytes);

    internal Span<float> MutableValues => _values;

    internal Span<byte> MutablePresence => _presence;
}
