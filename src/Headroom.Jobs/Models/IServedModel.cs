namespace Headroom.Jobs.Models;

/// <summary>A model that this process serves.</summary>
public interface IServedModel
{
    /// <summary>Its name in the registry.</summary>
    string Name { get; }

    /// <summary>Version that answers here; null while none of the registry does.</summary>
    int? VersionId { get; }

    /// <summary>Why the champion of the registry does not answer here; null when it does.</summary>
    string? Problem { get; }

    /// <summary>Asks the registry who the champion is and swaps to it if it is another one.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
