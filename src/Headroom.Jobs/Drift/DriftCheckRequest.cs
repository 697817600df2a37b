namespace Headroom.Jobs.Drift;

/// <summary>Whose drift to look for.</summary>
/// <param name="Model">Name of the model.</param>
public sealed record DriftCheckRequest(string Model)
{
    /// <summary>Name of this kind of work.</summary>
    public const string Kind = Schedules.DriftCheck;
}

/// <summary>What a drift check found.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Number of the version that answers.</param>
/// <param name="Unavailable">Why nothing can be held against training; null when it was.</param>
/// <param name="Summary">The finding in plain words.</param>
/// <param name="Features">How many features are watched.</param>
/// <param name="Windows">Windows that were looked at.</param>
/// <param name="Rows">Answered windows of workloads in them.</param>
/// <param name="Labels">Late labels in them.</param>
/// <param name="DriftingShare">Share of the features that drift, 0 to 1.</param>
/// <param name="Metrics">What is not as in training.</param>
/// <param name="Raised">Those of them that are new.</param>
/// <param name="Retrainings">Jobs that were asked for because of it.</param>
public sealed record DriftCheckAnswer(
    string Model, int Version, string? Unavailable, string Summary, int Features, int Windows, int Rows, int Labels, double DriftingShare,
    IReadOnlyList<string> Metrics, IReadOnlyList<string> Raised, IReadOnlyList<Guid> Retrainings)
{
    public static DriftCheckAnswer NotAvailable(string model, int version, string why) => new(model, version, why, $"not available: {why}", 0, 0, 0, 0, 0, [], [], []);
}
