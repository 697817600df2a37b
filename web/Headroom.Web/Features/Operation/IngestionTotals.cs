using System.Diagnostics.Metrics;
using Headroom.Ingestion;

namespace Headroom.Web.Features.Operation;

/// <summary>Sums what the receivers of this process count (meter <c>Headroom.Ingestion</c>) since it started.</summary>
internal sealed class IngestionTotals : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _frames;
    private long _values;
    private long _rejected;
    private long _waiting;
    private long _commits;
    private double _commitSeconds;

    public IngestionTotals()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IngestionRegistration.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Time(instrument.Name, value));
        _listener.Start();
    }

    public IngestionCount Read()
    {
        lock (_listener)
        {
            return new IngestionCount(_frames, _values, _rejected, _waiting, _commits, _commitSeconds);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Count(string instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var isDuplicate = instrument == "headroom.ingest.frames" && tags.Length > 0 && tags[0].Value is "duplicate";
        lock (_listener)
        {
            switch (instrument)
            {
                case "headroom.ingest.frames" when !isDuplicate: _frames += value; break;
                case "headroom.ingest.values": _values += value; break;
                case "headroom.ingest.rejected": _rejected += value; break;
                case "headroom.ingest.commit.waiting": _waiting += value; break;
                default: break;
            }
        }
    }

    private void Time(string instrument, double seconds)
    {
        if (instrument == "headroom.ingest.commit.duration")
        {
            lock (_listener)
            {
                (_commits, _commitSeconds) = (_commits + 1, _commitSeconds + seconds);
            }
        }
    }
}

/// <summary>Totals since the start of the process.</summary>
/// <param name="Waiting">Writes in line for a commit at the moment.</param>
internal sealed record IngestionCount(long Frames, long Values, long Rejected, long Waiting, long Commits, double CommitSeconds);
