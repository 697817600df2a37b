namespace Headroom.Jobs.Retraining;

/// <summary>What to retrain the interference model from.</summary>
/// <param name="Data">Id of a set of labelled runs; see <see cref="RunFolders"/>.</param>
/// <param name="Seed">Seed of everything random.</param>
public sealed record RetrainRequest(string Data, int Seed = 1)
{
    /// <summary>Name of this kind of work.</summary>
    public const string Kind = "retrain-interference";
}
