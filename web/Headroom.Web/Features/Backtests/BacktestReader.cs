using System.Text.Json;
using Headroom.Jobs.Backtests;
using Headroom.Storage.Work;

namespace Headroom.Web.Features.Backtests;

/// <summary>Backtests that were asked for, and their answers.</summary>
internal sealed class BacktestReader(WorkStore store)
{
    private const int Shown = 12;

    /// <summary>The newest ones.</summary>
    public Task<IReadOnlyList<WorkSummary>> ListAsync(CancellationToken cancellationToken) =>
        store.ListAsync(new WorkQuestion(BacktestQuestion.Kind, null, null), Shown, cancellationToken);

    /// <summary>The answer of one that succeeded.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public async Task<BacktestAnswer> ReadAsync(Guid work, CancellationToken cancellationToken) =>
        await store.ResultAsync(work, cancellationToken) is { } json && JsonSerializer.Deserialize<BacktestAnswer>(json, JsonSerializerOptions.Web) is { } answer
            ? answer
            : throw new InvalidOperationException("This backtest has no result; it was forgotten or did not succeed.");
}
