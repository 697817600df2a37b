using Headroom.Storage.Model;

namespace Headroom.Storage.Registry;

/// <summary>A version that is to be put into the registry.</summary>
/// <param name="Model">Which model, for example <c>interference</c>.</param>
/// <param name="Key">What it was made from; a second registration with the same key gives the first version.</param>
/// <param name="File">Its file.</param>
/// <param name="CardId">Id that the model's own answers carry.</param>
/// <param name="Architecture">What it is made of, one line per part.</param>
/// <param name="Schema">Its input features with units, in order.</param>
/// <param name="DataName">Name of the training set.</param>
/// <param name="DataChecksum">Checksum of the training rows.</param>
/// <param name="DataRows">How many there were.</param>
/// <param name="CreatedBy">Who or what made it.</param>
/// <param name="ParentId">The champion it was trained to follow.</param>
/// <param name="Metrics">What was measured about it so far; their version is filled in.</param>
public sealed record NewModelVersion(
    string Model,
    string Key,
    byte[] File,
    string CardId,
    IReadOnlyList<string> Architecture,
    IReadOnlyList<string> Schema,
    string DataName,
    string DataChecksum,
    int DataRows,
    string CreatedBy,
    int? ParentId,
    IReadOnlyList<ModelMetric> Metrics);

/// <summary>One number that was measured about a version; see <see cref="ModelMetricRow"/>.</summary>
public sealed record ModelMetric(string Source, string Slice, string Name, double Value, string Unit, int? Rows);
