using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Headroom.Interference.Serving;

/// <summary>What the lane measures of itself, under <c>headroom.predictions</c>, and a trace of every batch.</summary>
public static class LaneTelemetry
{
    /// <summary>Name of the meter and of the source of traces.</summary>
    public const string Name = "Headroom.Interference";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<int> Windows = Meter.CreateHistogram<int>("headroom.predictions.batch", "{window}", "Windows that were predicted together.");
    private static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("headroom.predictions.wait", "s", "Time from a question to the begin of its batch.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("headroom.predictions.duration", "s", "Time the model took for a batch.");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("headroom.predictions.refused", "{question}", "Questions refused because too many waited.");

    internal static void Full(string model) => Refused.Add(1, new KeyValuePair<string, object?>("model", model));

    /// <summary>Begins a batch; what it took is recorded when it is disposed of.</summary>
    /// <param name="model">Id of the model that answers.</param>
    /// <param name="withReasons">Whether the answers are explained.</param>
    /// <param name="windows">How many windows.</param>
    /// <param name="asked">When each question was asked, as <see cref="Stopwatch.GetTimestamp"/> said.</param>
    internal static Batch Begin(string model, bool withReasons, int windows, IEnumerable<long> asked)
    {
        var tags = new TagList { { "model", model }, { "reasons", withReasons } };
        Windows.Record(windows, tags);
        foreach (var at in asked)
        {
            Wait.Record(Stopwatch.GetElapsedTime(at).TotalSeconds, tags);
        }

        return new Batch(Source.StartActivity("predict")?.SetTag("headroom.model", model).SetTag("headroom.windows", windows), Stopwatch.GetTimestamp(), tags);
    }

    /// <summary>A batch that the model is at.</summary>
    internal sealed class Batch(Activity? trace, long started, TagList tags) : IDisposable
    {
        /// <summary>Says that the model failed.</summary>
        public void Failed(Exception failure)
        {
            trace?.SetStatus(ActivityStatusCode.Error, failure.Message);
            tags.Add("error.type", failure.GetType().Name);
        }

        public void Dispose()
        {
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
            trace?.Dispose();
        }
    }
}
