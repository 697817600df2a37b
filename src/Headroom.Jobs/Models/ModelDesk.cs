using Headroom.Storage.Model;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Models;

/// <summary>What people may do to the champion of a model. When a call comes back, this process serves what was decided; others follow at once.</summary>
public sealed class ModelDesk(ModelRegistry registry, ModelReader reader, IEnumerable<IServedModel> served)
{
    /// <summary>Makes a version champion, whatever the rule says.</summary>
    /// <exception cref="PublicationRefusedException">It cannot be done in the present state; the message says why.</exception>
    public async Task ForceAsync(string model, int number, string by, string reason, CancellationToken cancellationToken)
    {
        var version = await FindAsync(model, number, cancellationToken).ConfigureAwait(false);
        var champion = await reader.ChampionAsync(model, cancellationToken).ConfigureAwait(false);
        await registry.PromoteAsync(version.VersionId, champion?.VersionId, new ModelDecision(ModelVerdict.Forced, by, reason), null, cancellationToken).ConfigureAwait(false);
        await RefreshAsync(model, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Rules a version out, whatever the rule says.</summary>
    /// <exception cref="PublicationRefusedException">It is the champion, or there is no such version.</exception>
    public async Task VetoAsync(string model, int number, string by, string reason, CancellationToken cancellationToken)
    {
        var version = await FindAsync(model, number, cancellationToken).ConfigureAwait(false);
        await registry.TurnDownAsync(version.VersionId, new ModelDecision(ModelVerdict.Vetoed, by, reason), null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes back to the champion before; returns it.</summary>
    /// <exception cref="PublicationRefusedException">There is none.</exception>
    public async Task<ModelVersionRow> RollBackAsync(string model, string by, string reason, CancellationToken cancellationToken)
    {
        var version = await registry.RollBackAsync(model, by, reason, cancellationToken).ConfigureAwait(false);
        await RefreshAsync(model, cancellationToken).ConfigureAwait(false);
        return version;
    }

    private async Task<ModelVersionRow> FindAsync(string model, int number, CancellationToken cancellationToken) =>
        (await reader.ListAsync(model, cancellationToken).ConfigureAwait(false)).FirstOrDefault(version => version.Number == number)
            ?? throw new PublicationRefusedException($"{model} has no version {number}");

    private async Task RefreshAsync(string model, CancellationToken cancellationToken)
    {
        foreach (var here in served.Where(candidate => candidate.Name == model))
        {
            await here.RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
