using Headroom.Storage.Model;
using Headroom.Storage.Work;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Registry;

/// <summary>Changes of the registry of models: new versions, which of them answers, and who decided so. Read it with <see cref="ModelReader"/>.</summary>
public sealed class ModelRegistry(IDbContextFactory<HeadroomDbContext> contexts, ModelReader reader, TimeProvider clock)
{
    /// <summary>Puts a version into the registry as a candidate; one that was made from the same is given back instead.</summary>
    /// <param name="version">The version.</param>
    /// <param name="fence">The work that made it, when a job did.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PublicationRefusedException">Another worker holds the work now.</exception>
    public async Task<ModelVersionRow> RegisterAsync(NewModelVersion version, WorkFence? fence, CancellationToken cancellationToken)
    {
        await using var change = await RegistryLock.TakeAsync(contexts, version.Model, fence, cancellationToken).ConfigureAwait(false);
        var row = await RegisterAsync(change.Context, version, fence?.WorkId, cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(version.Model, cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>The champion; a model that has none gets this version as its first.</summary>
    public async Task<ModelVersionRow> ChampionOrFirstAsync(NewModelVersion first, string reason, CancellationToken cancellationToken)
    {
        await using var change = await RegistryLock.TakeAsync(contexts, first.Model, null, cancellationToken).ConfigureAwait(false);
        if (await ModelReader.ChampionAsync(change.Context, first.Model, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var row = await RegisterAsync(change.Context, first, null, cancellationToken).ConfigureAwait(false);
        await SetStageAsync(change.Context, row.VersionId, ModelStage.Champion, cancellationToken).ConfigureAwait(false);
        await DecideAsync(change.Context, row, null, new ModelDecision(ModelVerdict.First, first.CreatedBy, reason), cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(first.Model, cancellationToken).ConfigureAwait(false);
        row.Stage = ModelStage.Champion;
        return row;
    }

    /// <summary>Makes a version the champion, if the champion still is the one that it was held against. The version before is kept, so that one can go back.</summary>
    /// <param name="versionId">The new champion.</param>
    /// <param name="expectedChampionId">The champion the decision was made against.</param>
    /// <param name="decision">Who decided and why.</param>
    /// <param name="fence">The work that decided, when a job did.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PublicationRefusedException">Another version became champion meanwhile, or another worker holds the work.</exception>
    public async Task PromoteAsync(int versionId, int? expectedChampionId, ModelDecision decision, WorkFence? fence, CancellationToken cancellationToken)
    {
        var version = await reader.FindAsync(versionId, cancellationToken).ConfigureAwait(false) ?? throw Unknown(versionId);
        await using var change = await RegistryLock.TakeAsync(contexts, version.Model, fence, cancellationToken).ConfigureAwait(false);
        var champion = await ModelReader.ChampionAsync(change.Context, version.Model, cancellationToken).ConfigureAwait(false);
        if (champion?.VersionId == versionId)
        {
            return;
        }

        RefuseOther(champion, expectedChampionId, version);
        if (decision.Verdict == ModelVerdict.Promoted)
        {
            await RefuseVetoedAsync(change.Context, version, cancellationToken).ConfigureAwait(false);
        }

        if (champion is not null)
        {
            await SetStageAsync(change.Context, champion.VersionId, ModelStage.Retired, cancellationToken).ConfigureAwait(false);
        }

        await SetStageAsync(change.Context, versionId, ModelStage.Champion, cancellationToken).ConfigureAwait(false);
        await DecideAsync(change.Context, version, champion?.VersionId, decision with { WorkId = decision.WorkId ?? fence?.WorkId }, cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(version.Model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes down that a version does not become champion, and retires it.</summary>
    /// <exception cref="PublicationRefusedException">It is the champion, or another worker holds the work.</exception>
    public async Task TurnDownAsync(int versionId, ModelDecision decision, WorkFence? fence, CancellationToken cancellationToken)
    {
        var version = await reader.FindAsync(versionId, cancellationToken).ConfigureAwait(false) ?? throw Unknown(versionId);
        await using var change = await RegistryLock.TakeAsync(contexts, version.Model, fence, cancellationToken).ConfigureAwait(false);
        var champion = await ModelReader.ChampionAsync(change.Context, version.Model, cancellationToken).ConfigureAwait(false);
        if (champion?.VersionId == versionId)
        {
            throw new PublicationRefusedException($"version {version.Number} is the champion; roll back, or make another version champion first");
        }

        await SetStageAsync(change.Context, versionId, ModelStage.Retired, cancellationToken).ConfigureAwait(false);
        await DecideAsync(change.Context, version, champion?.VersionId, decision with { WorkId = decision.WorkId ?? fence?.WorkId }, cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(version.Model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes back to the champion before; returns it.</summary>
    /// <exception cref="PublicationRefusedException">There was none before.</exception>
    public async Task<ModelVersionRow> RollBackAsync(string model, string by, string reason, CancellationToken cancellationToken)
    {
        await using var change = await RegistryLock.TakeAsync(contexts, model, null, cancellationToken).ConfigureAwait(false);
        var champion = await ModelReader.ChampionAsync(change.Context, model, cancellationToken).ConfigureAwait(false) ?? throw new PublicationRefusedException($"{model} has no champion");
        // The newest decision that promoted the present champion knows whom it replaced.
        var before = await change.Context.ModelDecisions.AsNoTracking()
            .Where(decision => decision.VersionId == champion.VersionId && decision.ChampionId != null && (decision.Verdict == ModelVerdict.Promoted || decision.Verdict == ModelVerdict.Forced))
            .OrderByDescending(decision => decision.At).ThenByDescending(decision => decision.DecisionId)
            .Select(decision => decision.ChampionId).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new PublicationRefusedException($"version {champion.Number} is the first champion of {model}: there is none to go back to");
        var version = await change.Context.ModelVersions.AsNoTracking().SingleAsync(row => row.VersionId == before, cancellationToken).ConfigureAwait(false);
        await SetStageAsync(change.Context, champion.VersionId, ModelStage.Retired, cancellationToken).ConfigureAwait(false);
        await SetStageAsync(change.Context, before, ModelStage.Champion, cancellationToken).ConfigureAwait(false);
        await DecideAsync(change.Context, version, champion.VersionId, new ModelDecision(ModelVerdict.RolledBack, by, reason), cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(model, cancellationToken).ConfigureAwait(false);
        version.Stage = ModelStage.Champion;
        return version;
    }

    /// <summary>Lets a version answer in the shadow of the champion. One version of a model does: another one that did is turned down.</summary>
    /// <param name="versionId">The version.</param>
    /// <param name="expectedChampionId">The champion it was held against so far.</param>
    /// <param name="decision">Who decided and why, <see cref="ModelVerdict.Shadowed"/>.</param>
    /// <param name="fence">The work that decided, when a job did.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PublicationRefusedException">It is the champion or was vetoed, another version became champion meanwhile, or another worker holds the work.</exception>
    public async Task ShadowAsync(int versionId, int expectedChampionId, ModelDecision decision, WorkFence? fence, CancellationToken cancellationToken)
    {
        var version = await reader.FindAsync(versionId, cancellationToken).ConfigureAwait(false) ?? throw Unknown(versionId);
        await using var change = await RegistryLock.TakeAsync(contexts, version.Model, fence, cancellationToken).ConfigureAwait(false);
        var champion = await ModelReader.ChampionAsync(change.Context, version.Model, cancellationToken).ConfigureAwait(false);
        RefuseOther(champion, expectedChampionId, version);
        await RefuseVetoedAsync(change.Context, version, cancellationToken).ConfigureAwait(false);
        var workId = decision.WorkId ?? fence?.WorkId;
        var others = await change.Context.ModelVersions.AsNoTracking().Where(other => other.Model == version.Model && other.Stage == ModelStage.Shadow && other.VersionId != versionId)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        foreach (var other in others)
        {
            await SetStageAsync(change.Context, other.VersionId, ModelStage.Retired, cancellationToken).ConfigureAwait(false);
            var follows = new ModelDecision(ModelVerdict.Rejected, decision.By, $"version {version.Number} took its place in the shadow", WorkId: workId);
            await DecideAsync(change.Context, other, champion?.VersionId, follows, cancellationToken).ConfigureAwait(false);
        }

        await SetStageAsync(change.Context, versionId, ModelStage.Shadow, cancellationToken).ConfigureAwait(false);
        await DecideAsync(change.Context, version, champion?.VersionId, decision with { WorkId = workId }, cancellationToken).ConfigureAwait(false);
        await change.CommitAsync(version.Model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds what was measured about a version.</summary>
    public async Task MeasureAsync(int versionId, IReadOnlyList<ModelMetric> metrics, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        context.ModelMetrics.AddRange(Rows(versionId, metrics, clock.GetUtcNow()));
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ModelVersionRow> RegisterAsync(HeadroomDbContext context, NewModelVersion version, Guid? workId, CancellationToken cancellationToken)
    {
        if (await context.ModelVersions.AsNoTracking().SingleOrDefaultAsync(row => row.Model == version.Model && row.Key == version.Key, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var hash = ModelReader.HashOf(version.File);
        if (!await context.ModelFiles.AnyAsync(file => file.Hash == hash, cancellationToken).ConfigureAwait(false))
        {
            context.ModelFiles.Add(new ModelFileRow { Hash = hash, Bytes = version.File });
        }

        var row = new ModelVersionRow
        {
            Model = version.Model,
            Number = 1 + (await context.ModelVersions.Where(other => other.Model == version.Model).MaxAsync(other => (int?)other.Number, cancellationToken).ConfigureAwait(false) ?? 0),
            Key = version.Key,
            CardId = version.CardId,
            FileHash = hash,
            FileBytes = version.File.LongLength,
            Architecture = [.. version.Architecture],
            Schema = [.. version.Schema],
            DataName = version.DataName,
            DataChecksum = version.DataChecksum,
            DataRows = version.DataRows,
            ParentId = version.ParentId,
            CreatedAt = clock.GetUtcNow(),
            CreatedBy = version.CreatedBy,
            WorkId = workId,
        };
        context.ModelVersions.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        context.ModelMetrics.AddRange(Rows(row.VersionId, version.Metrics, row.CreatedAt));
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return row;
    }

    private async Task DecideAsync(HeadroomDbContext context, ModelVersionRow version, int? championId, ModelDecision decision, CancellationToken cancellationToken)
    {
        context.ModelDecisions.Add(new ModelDecisionRow
        {
            DecisionId = Guid.CreateVersion7(clock.GetUtcNow()),
            Model = version.Model,
            VersionId = version.VersionId,
            ChampionId = championId,
            Verdict = decision.Verdict,
            By = decision.By,
            Reason = decision.Reason,
            Numbers = decision.Numbers,
            WorkId = decision.WorkId,
            At = clock.GetUtcNow(),
        });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void RefuseOther(ModelVersionRow? champion, int? expectedChampionId, ModelVersionRow version)
    {
        if (champion?.VersionId != expectedChampionId || champion?.VersionId == version.VersionId)
        {
            throw new PublicationRefusedException(
                $"version {champion?.Number} became champion meanwhile; the decision for version {version.Number} was made against another one and does not count any more");
        }
    }

    private static async Task RefuseVetoedAsync(HeadroomDbContext context, ModelVersionRow version, CancellationToken cancellationToken)
    {
        if (await context.ModelDecisions.AnyAsync(earlier => earlier.VersionId == version.VersionId && earlier.Verdict == ModelVerdict.Vetoed, cancellationToken).ConfigureAwait(false))
        {
            throw new PublicationRefusedException($"version {version.Number} was vetoed; only a person can make it champion");
        }
    }

    private static Task<int> SetStageAsync(HeadroomDbContext context, int versionId, ModelStage stage, CancellationToken cancellationToken) =>
        context.ModelVersions.Where(version => version.VersionId == versionId).ExecuteUpdateAsync(set => set.SetProperty(version => version.Stage, stage), cancellationToken);

    private static IEnumerable<ModelMetricRow> Rows(int versionId, IReadOnlyList<ModelMetric> metrics, DateTimeOffset at) => metrics.Select(metric => new ModelMetricRow
    {
        VersionId = versionId,
        Source = metric.Source,
        Slice = metric.Slice,
        Name = metric.Name,
        At = at,
        Value = metric.Value,
        Unit = metric.Unit,
        Rows = metric.Rows,
    });

    private static PublicationRefusedException Unknown(int versionId) => new($"there is no model version {versionId}");
}
