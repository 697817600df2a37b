using Snappier;

namespace Headroom.Cli.Commands.Bench.Platform;

/// <summary>Writes remote write 1.0 bodies (Prometheus' <c>WriteRequest</c>: series of labels and samples; snappy block format).</summary>
internal sealed class RemoteWriteBody
{
    private const int RequestSeries = 1, SeriesLabel = 1, SeriesSample = 2;
    private const int LabelName = 1, LabelValue = 2;
    private const int SampleValue = 1, SampleTime = 2;

    private readonly ProtobufWriter _request = new();
    private readonly ProtobufWriter _series = new();
    private readonly ProtobufWriter _part = new();

    /// <summary>Adds a series with its labels in order of their names, and its samples in order of time.</summary>
    public void Add(IEnumerable<(string Name, string Value)> labels, IEnumerable<(long AtMilliseconds, double Value)> samples)
    {
        _series.Clear();
        foreach (var (name, value) in labels)
        {
            _part.Clear();
            _part.Text(LabelName, name);
            _part.Text(LabelValue, value);
            _series.Message(SeriesLabel, _part);
        }

        foreach (var (at, value) in samples)
        {
            _part.Clear();
            _part.Double(SampleValue, value);
            _part.Whole(SampleTime, (ulong)at);
            _series.Message(SeriesSample, _part);
        }

        _request.Message(RequestSeries, _series);
    }

    /// <summary>The body, compressed; what is added next begins a new one.</summary>
    public byte[] Take()
    {
        var body = Snappy.CompressToArray(_request.Written);
        _request.Clear();
        return body;
    }
}
