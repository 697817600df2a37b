using Headroom.Jobs.Capacity;
using Headroom.Oversubscription.Recommendations;
using Headroom.Oversubscription.Traces;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Backtests;

/// <summary>Finds the trace that a question names.</summary>
internal sealed class BacktestTraces(IDbContextFactory<HeadroomDbContext> contexts, CapacityInputs inputs, IOptions<DatasetOptions> datasets, TimeProvider clock)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="TraceException">It is not there or not of its layout.</exception>
    public async Task<FleetTrace> ReadAsync(BacktestQuestion question, CancellationToken cancellationToken) => question.Trace switch
    {
        BacktestQuestion.Store => PastFleet.Make(BacktestQuestion.Store, await ReadStoreAsync(cancellationToken).ConfigureAwait(false), question.Resource),
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

    private async Task<IReadOnlyList<RecommendationInputs>> ReadStoreAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var hosts = await context.Hosts.OrderBy(host => host.HostId).ToListAsync(cancellationToken).ConfigureAwait(false);
        var now = clock.GetUtcNow();
        var read = new List<RecommendationInputs>();
        foreach (var host in hosts)
        {
            if (await inputs.ReadAsync(host.HostId, host.Name, host.FirstSeenAt, now, cancellationToken).ConfigureAwait(false) is { } past)
            {
                read.Add(past);
            }
        }

        return read;
    }
}
