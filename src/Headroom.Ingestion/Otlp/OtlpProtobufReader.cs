using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Series;
using static Headroom.Ingestion.Otlp.OtlpFields;

namespace Headroom.Ingestion.Otlp;

/// <summary>
/// Reads an ExportMetricsServiceRequest in protobuf and hands its points on. Of histograms and summaries the count and the sum are
/// taken, as two running totals named <c>….count</c> and <c>….sum</c>.
/// </summary>
internal ref struct OtlpProtobufReader(SeriesTable table, PointIntake intake)
{
    private const byte Protocol = 2;
    private readonly SeriesKey _key = new(Protocol);
    private ReadOnlySpan<byte> _resource;
    private ReadOnlySpan<byte> _name;
    private PointKind _kind;

    /// <summary>Reads all of the request; the table's gate must be held.</summary>
    /// <exception cref="MalformedBodyException">It is not such a request. Points before the damage may have been taken.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        var request = new ProtobufReader(body);
        while (request.Next())
        {
            if (request.Field == RequestResourceMetrics)
            {
                ReadResourceMetrics(request.Bytes());
            }
            else
            {
                request.Skip();
            }
        }
    }

    private void ReadResourceMetrics(ReadOnlySpan<byte> message)
    {
        // The resource may stand behind the metrics it describes.
        _resource = OtlpMessages.LastBytes(message, ResourceMetricsResource);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == ResourceMetricsScopeMetrics)
            {
                ReadScopeMetrics(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadScopeMetrics(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == ScopeMetricsMetrics)
            {
                ReadMetric(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadMetric(ReadOnlySpan<byte> message)
    {
        _name = OtlpMessages.LastBytes(message, MetricName);
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case MetricGauge: ReadPoints(reader.Bytes(), OtlpPointShape.Number, isGauge: true); break;
                case MetricSum: ReadPoints(reader.Bytes(), OtlpPointShape.Number, isGauge: false); break;
                case MetricHistogram: ReadPoints(reader.Bytes(), OtlpPointShape.Histogram, isGauge: false); break;
                case MetricExponentialHistogram: ReadPoints(reader.Bytes(), OtlpPointShape.ExponentialHistogram, isGauge: false); break;
                case MetricSummary: ReadPoints(reader.Bytes(), OtlpPointShape.Summary, isGauge: false); break;
                default: reader.Skip(); break;
            }
        }
    }

    private void ReadPoints(ReadOnlySpan<byte> data, OtlpPointShape shape, bool isGauge)
    {
        _kind = isGauge ? PointKind.Gauge : OtlpMessages.SumKind(data);
        var reader = new ProtobufReader(data);
        while (reader.Next())
        {
            if (reader.Field != DataPoints)
            {
                reader.Skip();
            }
            else if (shape == OtlpPointShape.Number)
            {
                ReadNumber(reader.Bytes());
            }
            else
            {
                ReadDistribution(reader.Bytes(), shape);
            }
        }
    }

    private readonly void ReadNumber(ReadOnlySpan<byte> message)
    {
        StartKey(""u8);
        ulong start = 0, time = 0, flags = 0;
        double? value = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case PointStart: start = reader.Fixed64(); break;
                case PointTime: time = reader.Fixed64(); break;
                case NumberAsDouble: value = reader.Double(); break;
                case NumberAsInt: value = (long)reader.Fixed64(); break;
                case NumberAttributes: _key.Add(reader.Bytes()); break;
                case NumberFlags: flags = reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }

        Take(message, NumberAttributes, ""u8, start, time, (flags & NoRecordedValue) == 0 ? value : null);
    }

    private readonly void ReadDistribution(ReadOnlySpan<byte> message, OtlpPointShape shape)
    {
        var (attributes, flagsField) = shape.Fields();
        ulong start = 0, time = 0, flags = 0;
        double? count = null, sum = null;
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case PointStart: start = reader.Fixed64(); break;
                case PointTime: time = reader.Fixed64(); break;
                case HistogramCount: count = reader.Fixed64(); break;
                case HistogramSum: sum = reader.Double(); break;
                case var field when field == flagsField: flags = reader.Varint(); break;
                default: reader.Skip(); break;
            }
        }

        var recorded = (flags & NoRecordedValue) == 0;
        StartKey(".count"u8);
        AddAttributes(message, attributes);
        Take(message, attributes, ".count"u8, start, time, recorded ? count : null);
        if (sum is not null)
        {
            StartKey(".sum"u8);
            AddAttributes(message, attributes);
            Take(message, attributes, ".sum"u8, start, time, recorded ? sum : null);
        }
    }

    private readonly void StartKey(ReadOnlySpan<byte> suffix)
    {
        _key.Restart();
        _key.Add(_resource);
        _key.Add(_name);
        _key.Add([(byte)_kind, .. suffix]);
    }

    private readonly void AddAttributes(ReadOnlySpan<byte> message, int attributesField)
    {
        var reader = new ProtobufReader(message);
        while (reader.Next())
        {
            if (reader.Field == attributesField)
            {
                _key.Add(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private readonly void Take(
        ReadOnlySpan<byte> message, int attributesField, ReadOnlySpan<byte> suffix, ulong start, ulong time, double? value)
    {
        var series = table.Find(_key.Span)
            ?? table.Add(_key.Span, OtlpMessages.Identify(_resource, _name, suffix, _kind, message, attributesField));
        if (series is null)
        {
            intake.RefuseNewSeries(1);
            return;
        }

        intake.Take(series, new Point(OtlpTime.Milliseconds(time), value ?? double.NaN, OtlpTime.Milliseconds(start)));
    }
}
