using Google.Protobuf;
using static Headroom.Testing.Bodies.ProtobufBody;

namespace Headroom.Testing.Bodies;

/// <summary>Builds remote write bodies with an encoder that is not ours.</summary>
public sealed class RemoteWriteBody
{
    private readonly List<byte[]> _series = [];

    public RemoteWriteBody Series(IReadOnlyDictionary<string, string> labels, params (long Milliseconds, double Value)[] samples)
    {
        var series = Message(output =>
        {
            foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            {
                Nested(output, 1, label =>
                {
                    label.WriteRawTag(10);
                    label.WriteString(name);
                    label.WriteRawTag(18);
                    label.WriteString(value);
                });
            }

            foreach (var (milliseconds, value) in samples)
            {
                Nested(output, 2, sample =>
                {
                    sample.WriteRawTag(9);
                    sample.WriteDouble(value);
                    sample.WriteRawTag(16);
                    sample.WriteInt64(milliseconds);
                });
            }
        });
        _series.Add(series);
        return this;
    }

    public RemoteWriteBody Series(string name, string labels, params (long Milliseconds, double Value)[] samples)
    {
        var all = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        all["__name__"] = name;
        return Series(all, samples);
    }

    public byte[] Protobuf() => Message(request =>
    {
        foreach (var series in _series)
        {
            request.WriteTag(1, WireFormat.WireType.LengthDelimited);
            request.WriteBytes(ByteString.CopyFrom(series));
        }
    });

    public byte[] Snappy() => Snappier.Snappy.CompressToArray(Protobuf());
}
