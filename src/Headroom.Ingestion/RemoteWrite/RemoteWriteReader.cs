using System.Text;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.RemoteWrite;

/// <summary>
/// Reads a WriteRequest of Prometheus remote write 1.0 (https://prometheus.io/docs/specs/prw/remote_write_spec) and hands its samples
/// on. Exemplars, native histograms and metadata are passed over.
/// </summary>
internal static class RemoteWriteReader
{
    private const byte Protocol = 1;
    private const string NameLabel = "__name__";

    private static class Fields
    {
        public const int RequestTimeSeries = 1, SeriesLabels = 1, SeriesSamples = 2, LabelName = 1, LabelValue = 2, SampleValue = 1, SampleTimestamp = 2;
    }

    /// <summary>Reads all of the request; the table's gate must be held.</summary>
    /// <exception cref="MalformedBodyException">It is not a WriteRequest. Points before the damage may have been taken.</exception>
    public static void Read(ReadOnlySpan<byte> body, SeriesTable table, PointIntake intake)
    {
        var key = new SeriesKey(Protocol);
        var request = new ProtobufReader(body);
        while (request.Next())
        {
            if (request.Field == Fields.RequestTimeSeries)
            {
                ReadSeries(request.Bytes(), key, table, intake);
            }
            else
            {
                request.Skip();
            }
        }
    }

    private static void ReadSeries(ReadOnlySpan<byte> message, SeriesKey key, SeriesTable table, PointIntake intake)
    {
        key.Restart();
        var samples = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case Fields.SeriesLabels: key.Add(reader.Bytes()); break;
                case Fields.SeriesSamples: samples++; reader.Skip(); break;
                default: reader.Skip(); break;
            }
        }

        var series = table.Find(key.Span) ?? table.Add(key.Span, Identify(message));
        if (series is null)
        {
            intake.RefuseNewSeries(samples);
            return;
        }

        reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == Fields.SeriesSamples)
            {
                intake.Take(series, ReadSample(reader.Bytes()));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static Point ReadSample(ReadOnlySpan<byte> message)
    {
        double value = 0;
        long milliseconds = 0;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case Fields.SampleValue: value = reader.Double(); break;
                case Fields.SampleTimestamp: milliseconds = (long)reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }

        return new Point(milliseconds, value);
    }

    private static SeriesIdentity Identify(ReadOnlySpan<byte> message)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == Fields.SeriesLabels)
            {
                var (name, value) = ReadLabel(reader.Bytes());
                labels[name] = value;
            }
            else
            {
                reader.Skip();
            }
        }

        return labels.Remove(NameLabel, out var metric) && metric.Length > 0
            ? new SeriesIdentity(metric, PointKind.Unknown, labels)
            : throw new MalformedBodyException($"a series has no {NameLabel} label (its labels: {string.Join(", ", labels.Keys)})");
    }

    private static (string Name, string Value) ReadLabel(ReadOnlySpan<byte> message)
    {
        var (name, value) = ("", "");
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case Fields.LabelName: name = Encoding.UTF8.GetString(reader.Bytes()); break;
                case Fields.LabelValue: value = Encoding.UTF8.GetString(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return (name, value);
    }
}
