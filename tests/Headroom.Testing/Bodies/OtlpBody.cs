using Google.Protobuf;
using static Headroom.Testing.Bodies.ProtobufBody;

namespace Headroom.Testing.Bodies;

/// <summary>Builds OTLP metrics bodies in protobuf with an encoder that is not ours.</summary>
public sealed class OtlpBody
{
    private readonly List<byte[]> _metrics = [];
    private readonly Dictionary<string, string> _resource = [];

    public OtlpBody Resource(string name, string value)
    {
        _resource[name] = value;
        return this;
    }

    public OtlpBody Gauge(string name, string attributes, long milliseconds, double value) => Number(5, name, attributes, 0, milliseconds, value, null);

    public OtlpBody Sum(string name, string attributes, long startMilliseconds, long milliseconds, double value, int temporality = 2) =>
        Number(7, name, attributes, startMilliseconds, milliseconds, value, temporality);

    public OtlpBody Whole(string name, string attributes, long milliseconds, long value) =>
        Metric(name, 5, data => Nested(data, 1, point =>
        {
            Times(point, 0, milliseconds);
            point.WriteTag(6, WireFormat.WireType.Fixed64);
            point.WriteSFixed64(value);
            Attributes(point, 7, attributes);
        }));

    public OtlpBody NoRecordedValue(string name, string attributes, long milliseconds) =>
        Metric(name, 5, data => Nested(data, 1, point =>
        {
            Times(point, 0, milliseconds);
            Attributes(point, 7, attributes);
            point.WriteTag(8, WireFormat.WireType.Varint);
            point.WriteUInt32(1);
        }));

    public OtlpBody Histogram(string name, string attributes, long milliseconds, ulong count, double sum) =>
        Metric(name, 9, data =>
        {
            Nested(data, 1, point =>
            {
                Times(point, 0, milliseconds);
                point.WriteTag(4, WireFormat.WireType.Fixed64);
                point.WriteFixed64(count);
                point.WriteTag(5, WireFormat.WireType.Fixed64);
                point.WriteDouble(sum);
                Attributes(point, 9, attributes);
            });
            data.WriteTag(2, WireFormat.WireType.Varint);
            data.WriteEnum(2);
        });

    /// <summary>The request; the resource stands first, as senders write it, or last, as they may.</summary>
    public byte[] Protobuf(bool resourceLast = false) => Message(request => Nested(request, 1, resourceMetrics =>
    {
        void WriteResource() => Nested(resourceMetrics, 1, resource =>
        {
            foreach (var (name, value) in _resource)
            {
                KeyValue(resource, 1, name, value);
            }
        });

        if (!resourceLast)
        {
            WriteResource();
        }

        Nested(resourceMetrics, 2, scope =>
        {
            foreach (var metric in _metrics)
            {
                scope.WriteTag(2, WireFormat.WireType.LengthDelimited);
                scope.WriteBytes(ByteString.CopyFrom(metric));
            }
        });
        if (resourceLast)
        {
            WriteResource();
        }
    }));

    private OtlpBody Number(int shape, string name, string attributes, long start, long milliseconds, double value, int? temporality) =>
        Metric(name, shape, data =>
        {
            Nested(data, 1, point =>
            {
                Times(point, start, milliseconds);
                point.WriteTag(4, WireFormat.WireType.Fixed64);
                point.WriteDouble(value);
                Attributes(point, 7, attributes);
            });
            if (temporality is { } number)
            {
                data.WriteTag(2, WireFormat.WireType.Varint);
                data.WriteEnum(number);
                data.WriteTag(3, WireFormat.WireType.Varint);
                data.WriteBool(true);
            }
        });

    private OtlpBody Metric(string name, int shape, Action<CodedOutputStream> data)
    {
        _metrics.Add(Message(metric =>
        {
            metric.WriteTag(1, WireFormat.WireType.LengthDelimited);
            metric.WriteString(name);
            Nested(metric, shape, data);
        }));
        return this;
    }

    private static void Times(CodedOutputStream point, long start, long milliseconds)
    {
        if (start > 0)
        {
            point.WriteTag(2, WireFormat.WireType.Fixed64);
            point.WriteFixed64((ulong)start * 1_000_000);
        }

        point.WriteTag(3, WireFormat.WireType.Fixed64);
        point.WriteFixed64((ulong)milliseconds * 1_000_000);
    }

    private static void Attributes(CodedOutputStream point, int field, string attributes)
    {
        foreach (var pair in attributes.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            KeyValue(point, field, parts[0], parts[1]);
        }
    }

    private static void KeyValue(CodedOutputStream output, int field, string name, string value) => Nested(output, field, pair =>
    {
        pair.WriteTag(1, WireFormat.WireType.LengthDelimited);
        pair.WriteString(name);
        Nested(pair, 2, any =>
        {
            any.WriteTag(1, WireFormat.WireType.LengthDelimited);
            any.WriteString(value);
        });
    });
}
