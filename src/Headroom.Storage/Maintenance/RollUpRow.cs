using Headroom.Telemetry.Catalogue;

namespace Headroom.Storage.Maintenance;

/// <summary>Minimum, maximum, mean and count of every metric of an entity over a bucket; for a state the mean is its last value.</summary>
internal sealed class RollUpRow(int entityId, DateTime at, int seconds, EntityKind kind)
{
    private readonly double[] _sum = new double[Width(kind)];

    public int EntityId => entityId;

    public DateTime At => at;

    public int Seconds => seconds;

    public short CatalogueVersion { get; private set; }

    public int[] Count { get; } = new int[Width(kind)];

    public float[] Min { get; } = new float[Width(kind)];

    public float[] Max { get; } = new float[Width(kind)];

    /// <summary>Adds a row; rows must come in order of time, so that the last value of a state is the last.</summary>
    public void Add(SampleRow row)
    {
        CatalogueVersion = Math.Max(CatalogueVersion, row.CatalogueVersion);
        var length = Math.Min(row.Values.Length, Count.Length);
        for (var i = 0; i < length; i++)
        {
            var value = row.Values[i];
            if (!float.IsNaN(value))
            {
                Add(i, value);
            }
        }
    }

    /// <summary>Adds one value of one metric.</summary>
    public void Add(int ordinal, float value)
    {
        var first = Count[ordinal] == 0;
        Min[ordinal] = first || value < Min[ordinal] ? value : Min[ordinal];
        Max[ordinal] = first || value > Max[ordinal] ? value : Max[ordinal];
        _sum[ordinal] = IsState(ordinal) ? value : _sum[ordinal] + value;
        Count[ordinal]++;
    }

    public void Stamp(short catalogueVersion) => CatalogueVersion = Math.Max(CatalogueVersion, catalogueVersion);

    /// <summary>Mean, or last value of a state; no meaning where the count is 0.</summary>
    public float Mean(int ordinal) => (float)(IsState(ordinal) ? _sum[ordinal] : _sum[ordinal] / Count[ordinal]);

    /// <summary>Places up to the last metric that has a value.</summary>
    public int Length => Array.FindLastIndex(Count, count => count > 0) + 1;

    private bool IsState(int ordinal) => ordinal < MetricCatalogue.Current.For(kind).Count && MetricCatalogue.Current.For(kind)[ordinal].Kind == MetricKind.State;

    // A row of a catalogue newer than this build may be longer; what lies beyond is kept in the samples but not rolled up.
    private static int Width(EntityKind kind) => MetricCatalogue.Current.For(kind).Count;
}
