using Headroom.Storage.Registry;
using Microsoft.Extensions.Logging;

namespace Headroom.Jobs.Models;

/// <summary>A model that this process serves: the champion of the registry, and until it is known the one that comes with the program.</summary>
public sealed partial class ServedModel<T>(ModelKind<T> kind, ModelRegistry registry, ModelReader reader, ILogger<ServedModel<T>> logger) : IServedModel, IDisposable
    where T : class
{
    /// <summary>Who made the version that comes with the program.</summary>
    public const string ShippedBy = "shipped with the program";

    private readonly ChampionSlot<T> _slot = new();
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly Lock _starting = new();

    /// <inheritdoc />
    public string Name => kind.Name;

    /// <inheritdoc />
    public int? VersionId => _slot.VersionId;

    /// <inheritdoc />
    public string? Problem { get; private set; }

    /// <summary>The model, until the lease is disposed of.</summary>
    /// <exception cref="InvalidOperationException">There is none yet: none was trained, and none comes with the program.</exception>
    public ChampionLease<T> Rent() => TryRent()
        ?? throw new InvalidOperationException($"There is no {Name} model yet: none was trained, and none comes with this program.");

    /// <summary>The model, until the lease is disposed of; null when there is none yet.</summary>
    public ChampionLease<T>? TryRent()
    {
        if (!_slot.IsFilled)
        {
            ServeShipped();
        }

        return _slot.TryRent();
    }

    /// <inheritdoc />
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var champion = await reader.ChampionAsync(Name, cancellationToken).ConfigureAwait(false);
            if (champion is null && kind.Shipped() is { } file)
            {
                champion = await registry.ChampionOrFirstAsync(kind.Describe(kind.Read(file), file, ShippedBy), "the model that comes with the program is the first", cancellationToken).ConfigureAwait(false);
            }

            if (champion is null || champion.VersionId == _slot.VersionId)
            {
                return;
            }

            var bytes = await reader.FileAsync(champion, cancellationToken).ConfigureAwait(false);
            _ = _slot.Swap(kind.Read(bytes), champion.VersionId);
            Problem = null;
            Serving(logger, Name, champion.Number, champion.CardId);
        }
        catch (InvalidDataException unusable)
        {
            // Whoever answered before goes on answering.
            Problem = unusable.Message;
            Unusable(logger, unusable, Name);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _slot.Dispose();
        _refreshing.Dispose();
    }

    private void ServeShipped()
    {
        lock (_starting)
        {
            if (!_slot.IsFilled && kind.Shipped() is { } file)
            {
                _slot.Fill(kind.Read(file));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model}: version {Number} ({Card}) answers")]
    private static partial void Serving(ILogger logger, string model, int number, string card);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Model}: the champion of the registry cannot be used; the version before goes on answering")]
    private static partial void Unusable(ILogger logger, Exception exception, string model);
}
