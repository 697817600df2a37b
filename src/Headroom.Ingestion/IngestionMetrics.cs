using System.Diagnostics;
using System.Diagnostics.Metrics;
using Headroom.Storage.Writing;

namespace Headroom.Ingestion;

/// <summary>What the receivers count, under <c>headroom.ingest</c>.</summary>
internal sealed class IngestionMetrics
{
    private static readonly ActivitySource Source = new(IngestionRegistration.MeterName);

    private readonly Counter<long> _requests;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _values;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _unmapped;
    private readonly Counter<long> _retries;
    private readonly UpDownCounter<long> _waiting;
    private readonly Histogram<double> _commit;
    private readonly Histogram<int> _group;

    public IngestionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(IngestionRegistration.MeterName);
        _requests = meter.CreateCounter<long>("headroom.ingest.requests", "{request}", "Requests by receiver and status.");
        _frames = meter.CreateCounter<long>("headroom.ingest.frames", "{frame}", "Frames by what became of them: stored or duplicate.");
        _values = meter.CreateCounter<long>("headroom.ingest.values", "{value}", "Values stored.");
        _rejected = meter.CreateCounter<long>("headroom.ingest.rejected", "{item}", "Frames and points refused, by receiver and reason.");
        _unmapped = meter.CreateCounter<long>("headroom.ingest.unmapped", "{point}", "Points of series that no rule maps, by receiver.");
        _retries = meter.CreateCounter<long>("headroom.ingest.commit.retries", "{retry}", "Transactions tried again because the store failed under them.");
        _waiting = meter.CreateUpDownCounter<long>("headroom.ingest.commit.waiting", "{write}", "Writes in line for a commit.");
        _commit = meter.CreateHistogram<double>("headroom.ingest.commit.duration", "s", "Time from COPY to commit of one group.");
        _group = meter.CreateHistogram<int>("headroom.ingest.commit.batches", "{batch}", "Batches in one transaction.");
    }

    public void Answered(string receiver, int status) => _requests.Add(1, new("receiver", receiver), new("http.response.status_code", status));

    public void Rejected(string receiver, string reason, long count) => _rejected.Add(count, new("receiver", receiver), new("reason", reason));

    public void Unmapped(string receiver, long points) => _unmapped.Add(points, new KeyValuePair<string, object?>("receiver", receiver));

    public void CommitRetried() => _retries.Add(1);

    /// <summary>The trace of one commit; dispose it when it is over.</summary>
    public static Activity? TraceCommit(int batches) => Source.StartActivity("commit")?.SetTag("headroom.batches", batches);

    /// <summary>Writes that got in line (positive) or left it (negative).</summary>
    public void Waiting(int change) => _waiting.Add(change);

    public void Committed(int batches, IReadOnlyList<WriteOutcome> outcomes, TimeSpan duration)
    {
        _commit.Record(duration.TotalSeconds);
        _group.Record(batches);
        foreach (var outcome in outcomes)
        {
            _frames.Add(outcome.StoredFrames, new KeyValuePair<string, object?>("outcome", "stored"));
            _frames.Add(outcome.DuplicateFrames, new KeyValuePair<string, object?>("outcome", "duplicate"));
            _values.Add(outcome.StoredValues);
        }
    }
}
