using System.Numerics;

namespace Headroom.Telemetry.Frames;

/// <summary>
/// The values of one entity at one instant, by the ordinal of the metric in the catalogue. What could not be read is missing
/// (<c>null</c>), never zero; a value that is not finite is missing too.
/// </summary>
public sealed class MetricVector
{
    private readonly float[] _values;
    private readonly byte[] _presence;

    /// <summary>A vector of <paramref name="length"/> missing values.</summary>
    public MetricVector(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _values = new float[length];
        _presence = new byte[(length + 7) / 8];
    }

    /// <summary>Wraps arrays that came off the wire: bit i (least significant first) of <paramref name="presence"/> says whether value i is there.</summary>
    /// <exception cref="ArgumentException">The bitmap has not exactly one bit per value, rounded up to bytes.</exception>
    public MetricVector(float[] values, byte[] presence)
    {
        if (presence.Length != (values.Length + 7) / 8)
        {
            throw new ArgumentException($"expected {(values.Length + 7) / 8} presence bytes for {values.Length} values, got {presence.Length}", nameof(presence));
        }

        _values = values;
        _presence = presence;
    }

    /// <summary>How many metrics the vector has a place for.</summary>
    public int Length => _values.Length;

    /// <summary>How many of them have a value.</summary>
    public int PresentCount => _presence.Sum(bits => BitOperations.PopCount(bits));

    /// <summary>The raw values; where <see cref="IsPresent"/> is false the content has no meaning.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>One bit per value, least significant bit first.</summary>
    public ReadOnlySpan<byte> Presence => _presence;

    /// <summary>The value of a metric, or null where it is missing.</summary>
    public float? this[int ordinal]
    {
        get => IsPresent(ordinal) ? _values[ordinal] : null;
        set
        {
            var present = value is { } number && float.IsFinite(number);
            _values[ordinal] = present ? value!.Value : 0;
            var bit = (byte)(1 << (ordinal & 7));
            _presence[ordinal >> 3] = present ? (byte)(_presence[ordinal >> 3] | bit) : (byte)(_presence[ordinal >> 3] & ~bit);
        }
    }

    /// <summary>Makes every value missing.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_presence);
    }

    /// <summary>Whether the metric has a value.</summary>
    public bool IsPresent(int ordinal) => (_presence[ordinal >> 3] & (1 << (ordinal & 7))) != 0;
}
