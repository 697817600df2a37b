namespace Headroom.Storage.Model;

/// <summary>A page with its filters and its range of time, kept under a name.</summary>
public sealed class SavedViewRow
{
    /// <summary>The name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is: path and query of a page.</summary>
    public required string Address { get; set; }

    /// <summary>Who kept it.</summary>
    public required string By { get; set; }

    public DateTimeOffset SavedAt { get; set; }
}
