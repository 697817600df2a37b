using System.Runtime.InteropServices;
using Headroom.Fpga.Records;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>
/// Rows a model cannot tell apart, worked out once. In a sweep many configurations have the same layer with the same actual reuse factor, and
/// columns that never varied in training change nothing.
/// </summary>
internal sealed class DistinctRows
{
    private DistinctRows(IReadOnlyList<TrainingRow> rows, int[] place) => (Rows, Place) = (rows, place);

    public IReadOnlyList<TrainingRow> Rows { get; }

    /// <summary>For every row given, its index in <see cref="Rows"/>.</summary>
    public int[] Place { get; }

    public static DistinctRows Of(IReadOnlyList<TrainingRow> rows, FeatureRange trained)
    {
        var same = new Dictionary<TrainingRow, int>(ReferenceEqualityComparer.Instance);
        var known = new Dictionary<Key, int>();
        var distinct = new List<TrainingRow>();
        var place = new int[rows.Count];
        for (var index = 0; index < place.Length; index++)
        {
            if (same.TryGetValue(rows[index], out place[index]))
            {
                continue;
            }

            var key = Key.Of(rows[index], trained);
            if (!known.TryGetValue(key, out place[index]))
            {
                place[index] = known[key] = distinct.Count;
                distinct.Add(rows[index]);
            }

            same[rows[index]] = place[index];
        }

        return new DistinctRows(distinct, place);
    }

    /// <summary>What the members see: the region, where each target starts, and the features that varied.</summary>
    private readonly struct Key(string region, float[] numbers) : IEquatable<Key>
    {
        private readonly int hash = HashOf(region, numbers);

        public static Key Of(TrainingRow row, FeatureRange trained)
        {
            var numbers = new float[row.Features.Length + Targets.All.Count];
            for (var column = 0; column < row.Features.Length; column++)
            {
                numbers[column] = trained.Varies(column) ? row.Features[column] : 0;
            }

            for (var target = 0; target < Targets.All.Count; target++)
            {
                numbers[row.Features.Length + target] = (float)row.Base(Targets.All[target]);
            }

            return new Key(row.Region.Name, numbers);
        }

        public bool Equals(Key other) => hash == other.hash && Region == other.Region && Numbers.AsSpan().SequenceEqual(other.Numbers);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => hash;

        private string Region => region;

        private float[] Numbers => numbers;

        private static int HashOf(string region, float[] numbers)
        {
            var hash = new HashCode();
            hash.Add(region);
            hash.AddBytes(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
