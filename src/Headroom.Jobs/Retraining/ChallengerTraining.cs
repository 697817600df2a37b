using System.Text.Json;
using Headroom.Interference.Champion;
using Headroom.Interference.Live;
using Headroom.Interference.ModelFiles;
using Headroom.Interference.Runs;
using Headroom.Jobs.Work;
using Headroom.Storage.Model;
using Headroom.Storage.Registry;

namespace Headroom.Jobs.Retraining;

/// <summary>Trains a challenger fold by fold and keeps its place after each, so that another worker goes on where this one stopped.</summary>
internal sealed class ChallengerTraining(ModelRegistry registry, ModelReader reader, TimeProvider clock)
{
    /// <summary>Level of the intervals.</summary>
    public const double Level = 0.9;

    /// <summary>Share of the whole work that training is.</summary>
    private const double Share = 0.8;

    /// <summary>The version trained on these runs: from the registry if it is there already.</summary>
    public async Task<ModelVersionRow> RunAsync(WorkContext work, RunSet train, int seed, int? parentId, CancellationToken cancellationToken)
    {
        var checksum = RunSetChecksum.Of(train);
        if (await reader.FindAsync(InterferenceVersions.Name, InterferenceVersions.KeyOf(checksum, seed), cancellationToken).ConfigureAwait(false) is { } known)
        {
            await work.LogAsync($"version {known.Number} was trained on exactly these runs already", cancellationToken).ConfigureAwait(false);
            return known;
        }

        // A live workload is none of those in training.
        var training = new FoldTraining(train, LiveFeatures.CanServe(train.Schema) ? Novelty.Application : Novelty.Composition, Level, seed);
        var folds = Resume(work, checksum);
        if (folds.Count > 0)
        {
            await work.LogAsync($"going on after part {folds.Count} of {training.Folds}", cancellationToken).ConfigureAwait(false);
        }

        while (folds.Count < training.Folds)
        {
            work.Report(new WorkProgress(Share * folds.Count / (training.Folds + 1), $"training, part {folds.Count + 1} of {training.Folds}"));
            folds.Add(training.RunFold(folds.Count, cancellationToken));
            await work.SaveCheckpointAsync(JsonSerializer.SerializeToUtf8Bytes(new Kept(checksum, folds), ModelJson), cancellationToken).ConfigureAwait(false);
            await work.LogAsync($"part {folds.Count} of {training.Folds} is trained", cancellationToken).ConfigureAwait(false);
        }

        work.Report(new WorkProgress(Share * training.Folds / (training.Folds + 1), "training on all runs"));
        var fitted = training.Finish(folds, cancellationToken);
        var version = await registry.RegisterAsync(
            InterferenceVersions.Of(fitted, train, seed, clock.GetUtcNow(), RetrainRequest.Kind, parentId), work.Fence, cancellationToken).ConfigureAwait(false);
        await work.LogAsync($"version {version.Number} is trained on {version.DataRows} runs: {string.Join(", ", version.Architecture)}", cancellationToken).ConfigureAwait(false);
        return version;
    }

    private static JsonSerializerOptions ModelJson => Learning.ModelFiles.ModelFile.Json;

    // A checkpoint of other runs, because some were added meanwhile, is of no use.
    private static List<double[][]> Resume(WorkContext work, string checksum) =>
        work.Checkpoint is { } bytes && JsonSerializer.Deserialize<Kept>(bytes, ModelJson) is { } kept && kept.Checksum == checksum ? kept.Folds : [];

    private sealed record Kept(string Checksum, List<double[][]> Folds);
}
