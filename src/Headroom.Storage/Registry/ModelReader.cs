using System.Security.Cryptography;
using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Registry;

/// <summary>What the registry of models holds: every version, what it was made from, how good it is, which one answers.</summary>
public sealed class ModelReader(IDbContextFactory<HeadroomDbContext> contexts)
{
    /// <summary>The version that answers, or null.</summary>
    public async Task<ModelVersionRow?> ChampionAsync(string model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await ChampionAsync(context, model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The version that answers in the shadow of the champion, or null.</summary>
    public async Task<ModelVersionRow?> ShadowAsync(string model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelVersions.AsNoTracking().Where(version => version.Model == model && version.Stage == ModelStage.Shadow)
            .OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One version, or null.</summary>
    public async Task<ModelVersionRow?> FindAsync(int versionId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelVersions.AsNoTracking().SingleOrDefaultAsync(version => version.VersionId == versionId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A version by what it was made from, or null.</summary>
    public async Task<ModelVersionRow?> FindAsync(string model, string key, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelVersions.AsNoTracking().SingleOrDefaultAsync(version => version.Model == model && version.Key == key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every version, the newest first.</summary>
    /// <param name="model">Of one model, or null for all.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ModelVersionRow>> ListAsync(string? model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelVersions.AsNoTracking().Where(version => model == null || version.Model == model)
            .OrderBy(version => version.Model).ThenByDescending(version => version.Number).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was decided about a model, the newest first.</summary>
    public async Task<IReadOnlyList<ModelDecisionRow>> DecisionsAsync(string model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelDecisions.AsNoTracking().Where(decision => decision.Model == model)
            .OrderByDescending(decision => decision.At).ThenByDescending(decision => decision.DecisionId).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a job made or decided: versions and decisions of any model, newest first.</summary>
    public async Task<(IReadOnlyList<ModelVersionRow> Versions, IReadOnlyList<ModelDecisionRow> Decisions)> OfWorkAsync(Guid workId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var decisions = await context.ModelDecisions.AsNoTracking().Where(decision => decision.WorkId == workId).OrderByDescending(decision => decision.At).ToListAsync(cancellationToken).ConfigureAwait(false);
        var ids = decisions.Select(decision => decision.VersionId).Concat(decisions.Select(decision => decision.ChampionId).OfType<int>()).ToArray();
        return (await context.ModelVersions.AsNoTracking().Where(version => version.WorkId == workId || ids.Contains(version.VersionId)).OrderByDescending(version => version.VersionId).ToListAsync(cancellationToken).ConfigureAwait(false), decisions);
    }

    /// <summary>What was measured about the versions of a model, oldest first.</summary>
    public async Task<IReadOnlyList<ModelMetricRow>> MetricsAsync(string model, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.ModelMetrics.AsNoTracking()
            .Where(metric => context.ModelVersions.Any(version => version.VersionId == metric.VersionId && version.Model == model))
            .OrderBy(metric => metric.At).ThenBy(metric => metric.Slice).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The file of a version.</summary>
    /// <exception cref="InvalidDataException">It is not there, or not what it was when it was registered.</exception>
    public async Task<byte[]> FileAsync(ModelVersionRow version, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var bytes = await context.ModelFiles.Where(file => file.Hash == version.FileHash).Select(file => file.Bytes).SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return bytes is not null && HashOf(bytes) == version.FileHash
            ? bytes
            : throw new InvalidDataException($"{version.Model} version {version.Number}: expected a file with SHA-256 {version.FileHash}, {(bytes is null ? "there is none" : $"it has {HashOf(bytes)}")}.");
    }

    internal static Task<ModelVersionRow?> ChampionAsync(HeadroomDbContext context, string model, CancellationToken cancellationToken) =>
        context.ModelVersions.AsNoTracking().SingleOrDefaultAsync(version => version.Model == model && version.Stage == ModelStage.Champion, cancellationToken);

    internal static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
