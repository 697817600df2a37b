using System.Globalization;
using System.Text;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Otlp.OtlpFields;

namespace Headroom.Ingestion.Otlp;

/// <summary>Small parts of OTLP messages in protobuf.</summary>
internal static class OtlpMessages
{
    /// <summary>The bytes of a field that stands once; of several the last counts, as protobuf has it.</summary>
    public static ReadOnlySpan<byte> LastBytes(ReadOnlySpan<byte> message, int field)
    {
        ReadOnlySpan<byte> found = default;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                found = reader.Bytes();
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    /// <summary>Whether a sum or histogram is sent as deltas, as a running total, or (not monotonic) as a level.</summary>
    public static PointKind SumKind(ReadOnlySpan<byte> data)
    {
        var kind = PointKind.Cumulative;
        var reader = new ProtobufReader(data);
        while (reader.Next())
        {
            if (reader.Field == AggregationTemporality)
            {
                kind = reader.Varint() == TemporalityDelta ? PointKind.Delta : kind;
            }
            else
            {
                reader.Skip();
            }
        }

        return kind;
    }

    /// <summary>Makes the strings of a series that was not seen before.</summary>
    public static SeriesIdentity Identify(
        ReadOnlySpan<byte> resource, ReadOnlySpan<byte> name, ReadOnlySpan<byte> suffix, PointKind kind, ReadOnlySpan<byte> point, int attributesField)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        AddAttributes(labels, resource, ResourceAttributes);
        AddAttributes(labels, point, attributesField);
        return new SeriesIdentity(Encoding.UTF8.GetString(name) + Encoding.UTF8.GetString(suffix), kind, labels);
    }

    private static void AddAttributes(Dictionary<string, string> labels, ReadOnlySpan<byte> message, int field)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field != field)
            {
                reader.Skip();
                continue;
            }

            var pair = reader.Bytes();
            if (Text(LastBytes(pair, KeyValueValue)) is { } value)
            {
                labels[Encoding.UTF8.GetString(LastBytes(pair, KeyValueKey))] = value;
            }
        }
    }

    /// <summary>A simple value as text; null for arrays, maps and bytes, which name nothing we map.</summary>
    private static string? Text(ReadOnlySpan<byte> anyValue)
    {
        string? text = null;
        var reader = new ProtobufReader(anyValue);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case AnyString: text = Encoding.UTF8.GetString(reader.Bytes()); break;
                case AnyBool: text = reader.Varint() == 0 ? "false" : "true"; break;
                case AnyInt: text = ((long)reader.Varint()).ToString(CultureInfo.InvariantCulture); break;
                case AnyDouble: text = reader.Double().ToString("R", CultureInfo.InvariantCulture); break;
                default: reader.Skip(); break;
            }
        }

        return text;
    }
}
