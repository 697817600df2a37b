using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Headroom.Ingestion.Bodies;
using Headroom.Ingestion.Series;

namespace Headroom.Ingestion.Otlp;

/// <summary>
/// Reads an ExportMetricsServiceRequest in OTLP's JSON: protobuf's JSON mapping with lower camel case names, 64-bit numbers as strings
/// or numbers, enumerations as numbers. Takes the same points as <see cref="OtlpProtobufReader"/>.
/// </summary>
internal sealed class OtlpJsonReader(SeriesTable table, PointIntake intake)
{
    private const byte Protocol = 3;
    private const int MaxDepth = 32;
    private readonly SeriesKey _key = new(Protocol);
    private JsonElement _resource;
    private string _name = "";
    private PointKind _kind;

    /// <summary>Reads all of the request; the table's gate must be held.</summary>
    /// <exception cref="MalformedBodyException">It is not such a request. Points before the damage may have been taken.</exception>
    public void Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            ReadRequest(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new MalformedBodyException($"the body is not OTLP metrics in JSON: {exception.Message}", exception);
        }
    }

    private void ReadRequest(JsonElement request)
    {
        foreach (var resourceMetrics in Items(request, "resourceMetrics"))
        {
            _resource = resourceMetrics.TryGetProperty("resource", out var resource) ? resource : default;
            foreach (var scope in Items(resourceMetrics, "scopeMetrics"))
            {
                foreach (var metric in Items(scope, "metrics"))
                {
                    ReadMetric(metric);
                }
            }
        }
    }

    private void ReadMetric(JsonElement metric)
    {
        _name = metric.TryGetProperty("name", out var name) ? name.GetString() ?? "" : "";
        ReadNumbers(metric, "gauge", isGauge: true);
        ReadNumbers(metric, "sum", isGauge: false);
        ReadDistributions(metric, "histogram");
        ReadDistributions(metric, "exponentialHistogram");
        ReadDistributions(metric, "summary");
    }

    private void ReadNumbers(JsonElement metric, string shape, bool isGauge)
    {
        if (!metric.TryGetProperty(shape, out var data))
        {
            return;
        }

        _kind = isGauge ? PointKind.Gauge : SumKind(data);
        foreach (var point in Items(data, "dataPoints"))
        {
            Take(point, "", Number(point, "asDouble") ?? Number(point, "asInt"));
        }
    }

    private void ReadDistributions(JsonElement metric, string shape)
    {
        if (!metric.TryGetProperty(shape, out var data))
        {
            return;
        }

        _kind = SumKind(data);
        foreach (var point in Items(data, "dataPoints"))
        {
            Take(point, ".count", Number(point, "count"));
            if (Number(point, "sum") is { } sum)
            {
                Take(point, ".sum", sum);
            }
        }
    }

    private void Take(JsonElement point, string suffix, double? value)
    {
        var attributes = point.TryGetProperty("attributes", out var found) ? found : default;
        _key.Restart();
        _key.Add(Raw(_resource));
        _key.Add(Encoding.UTF8.GetBytes(_name + suffix));
        _key.Add([(byte)_kind]);
        _key.Add(Raw(attributes));

        var series = table.Find(_key.Span) ?? table.Add(_key.Span, Identify(suffix, attributes));
        if (series is null)
        {
            intake.RefuseNewSeries(1);
            return;
        }

        var recorded = ((ulong)(Number(point, "flags") ?? 0) & OtlpFields.NoRecordedValue) == 0;
        intake.Take(series, new Point(Time(point, "timeUnixNano"), recorded ? value ?? double.NaN : double.NaN, Time(point, "startTimeUnixNano")));
    }

    private SeriesIdentity Identify(string suffix, JsonElement attributes)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_resource.ValueKind == JsonValueKind.Object && _resource.TryGetProperty("attributes", out var ofResource))
        {
            AddAttributes(labels, ofResource);
        }

        AddAttributes(labels, attributes);
        return new SeriesIdentity(_name + suffix, _kind, labels);
    }

    private static void AddAttributes(Dictionary<string, string> labels, JsonElement attributes)
    {
        if (attributes.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var pair in attributes.EnumerateArray())
        {
            if (pair.TryGetProperty("key", out var key) && pair.TryGetProperty("value", out var value) && Text(value) is { } text)
            {
                labels[key.GetString() ?? ""] = text;
            }
        }
    }

    private static string? Text(JsonElement anyValue)
    {
        foreach (var field in anyValue.EnumerateObject())
        {
            return field.Name switch
            {
                "stringValue" or "intValue" when field.Value.ValueKind == JsonValueKind.String => field.Value.GetString(),
                "boolValue" => field.Value.GetBoolean() ? "true" : "false",
                "intValue" or "doubleValue" => field.Value.GetRawText().Trim('"'),
                _ => null,
            };
        }

        return null;
    }

    private static PointKind SumKind(JsonElement data) =>
        data.TryGetProperty("aggregationTemporality", out var temporality) && IsDelta(temporality) ? PointKind.Delta : PointKind.Cumulative;

    private static bool IsDelta(JsonElement temporality) => temporality.ValueKind == JsonValueKind.String
        ? temporality.GetString() == "AGGREGATION_TEMPORALITY_DELTA"
        : temporality.GetInt32() == OtlpFields.TemporalityDelta;

    private static long Time(JsonElement point, string field)
    {
        if (!point.TryGetProperty(field, out var time))
        {
            return 0;
        }

        return OtlpTime.Milliseconds(time.ValueKind == JsonValueKind.String
            ? ulong.Parse(time.GetString()!, CultureInfo.InvariantCulture)
            : time.GetUInt64());
    }

    /// <summary>A number, also one written as a string (64-bit integers, NaN, Infinity).</summary>
    private static double? Number(JsonElement point, string field)
    {
        if (!point.TryGetProperty(field, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string field) =>
        parent.TryGetProperty(field, out var array) ? array.EnumerateArray() : default;

    private static ReadOnlySpan<byte> Raw(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(element);
}
