using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Headroom.Testing;

/// <summary>One value that an instrument recorded.</summary>
/// <param name="Instrument">Its name.</param>
/// <param name="Value">The value.</param>
/// <param name="Tags">What it was recorded with.</param>
public sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, object?> Tags);

/// <summary>What a meter records and which traces its source ends while this lives, as a collector would get them.</summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces;
    private readonly ConcurrentQueue<Measured> _measured = new();
    private readonly ConcurrentQueue<Activity> _ended = new();

    /// <param name="name">Name of the meter and of the source of traces.</param>
    public Measurements(string name)
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.Start();
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name == name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_traces);
    }

    /// <summary>Traces that have ended.</summary>
    public IReadOnlyCollection<Activity> Ended => _ended;

    /// <summary>What an instrument recorded.</summary>
    public IReadOnlyList<Measured> Of(string instrument) => [.. _measured.Where(one => one.Instrument == instrument)];

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue(new Measured(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value)));
}
