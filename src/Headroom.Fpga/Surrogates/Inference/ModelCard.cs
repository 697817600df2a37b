namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>What a model file says about itself.</summary>
public sealed record ModelCard
{
    public const int CurrentSchema = 3;

    /// <summary>Layout of the file and of the features; another number is refused.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Stable name and the first digits of the checksum.</summary>
    public required string Id { get; init; }

    /// <summary>What the model is made of.</summary>
    public required string Architecture { get; init; }

    public required int Seed { get; init; }

    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Data sets it was trained on, each with its licence and rows.</summary>
    public required IReadOnlyList<ModelSource> Sources { get; init; }

    /// <summary>Whether every source allows the model to be passed on.</summary>
    public required bool MayBeRedistributed { get; init; }

    /// <summary>Scores out of fold: no row was predicted by a model that had seen its architecture.</summary>
    public required IReadOnlyList<ModelMetric> Metrics { get; init; }

    /// <summary>Names of the features, in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>SHA-256 of the parameters, hexadecimal.</summary>
    public string Checksum { get; init; } = "";
}

/// <summary>A data set a model was trained on.</summary>
public sealed record ModelSource(string Name, string Licence, int Rows);

/// <summary>One out-of-fold score.</summary>
public sealed record ModelMetric(string Target, int Rows, double SmapePercent, double? CoverageRatio);
