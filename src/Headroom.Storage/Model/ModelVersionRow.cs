namespace Headroom.Storage.Model;

/// <summary>One version of a model. Nothing of it but its stage ever changes; the database refuses it.</summary>
public sealed class ModelVersionRow
{
    public int VersionId { get; init; }

    /// <summary>Which model, for example <c>interference</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Counts the versions of a model, from 1.</summary>
    public int Number { get; init; }

    /// <summary>What it was made from: making it again gives this version, not another.</summary>
    public required string Key { get; init; }

    /// <summary>Id that the model's own answers carry.</summary>
    public required string CardId { get; init; }

    /// <summary>SHA-256 of its file.</summary>
    public required string FileHash { get; init; }

    /// <summary>Length of its file.</summary>
    public long FileBytes { get; init; }

    /// <summary>What it is made of, one line per part.</summary>
    public required string[] Architecture { get; init; }

    /// <summary>Its input features with units, in order.</summary>
    public required string[] Schema { get; init; }

    /// <summary>Name of the training set.</summary>
    public required string DataName { get; init; }

    /// <summary>SHA-256 of the training rows, or what stands for it on the model's card.</summary>
    public required string DataChecksum { get; init; }

    public int DataRows { get; init; }

    /// <summary>The champion it was trained to follow.</summary>
    public int? ParentId { get; init; }

    public ModelStage Stage { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who or what made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>The job that trained it.</summary>
    public Guid? WorkId { get; init; }
}
