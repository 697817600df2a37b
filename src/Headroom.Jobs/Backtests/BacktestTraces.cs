using Headroom.Oversubscription.Traces;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Backtests;

/// <summary>Finds the trace that a question names.</summary>
internal sealed class BacktestTraces(StoreTrace store, IOptions<DatasetOptions> datasets)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="TraceException">It is not there or not of its layout.</exception>
    public async Task<FleetTrace> ReadAsync(BacktestQuestion question, CancellationToken cancellationToken) => question.Trace switch
    {
        BacktestQuestion.Store => await store.ReadAsync(question.Resource, cancellationToken).ConfigureAwait(false),
        BacktestQuestion.OwnCsv => ReadCsv(question),
        _ => NamedTraces.Read(question.Trace, datasets.Value.Find, question.Resource, question.VmsPerHost, question.Seed),
    };

    private static FleetTrace ReadCsv(BacktestQuestion question)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, question.Csv);
            return TraceReaders.Find("csv").Read(file, question.Resource, question.VmsPerHost, question.Seed) with { Name = BacktestQuestion.OwnCsv };
        }
        finally
        {
            File.Delete(file);
        }
    }
}
