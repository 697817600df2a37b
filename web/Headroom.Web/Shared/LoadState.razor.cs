using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Shared;

/// <summary>
/// Loads something and shows exactly one of four states: loading, empty (which teaches how to fill it), failed (with a way to try
/// again), or the content. A new <see cref="Key"/> cancels the load before and starts again, keeping the old content meanwhile.
/// </summary>
public sealed partial class LoadState<T> : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CancellationTokenSource? _running;
    private object? _loadedKey;
    private T? _value;
    private bool _loaded;
    private string? _failure;

    /// <summary>Fetches the value.</summary>
    [Parameter, EditorRequired]
    public Func<CancellationToken, Task<T>> From { get; set; } = null!;

    /// <summary>What the load depends on; when it changes, the load runs again.</summary>
    [Parameter]
    public object? Key { get; set; }

    /// <summary>When set, the load is repeated this often while the page is open.</summary>
    [Parameter]
    public TimeSpan? Every { get; set; }

    /// <summary>What is loading, for people who hear the page.</summary>
    [Parameter]
    public string Label { get; set; } = "Loading";

    /// <summary>Whether a value has nothing to show.</summary>
    [Parameter]
    public Func<T, bool>? IsEmpty { get; set; }

    /// <summary>Shown while loading for the first time; default: three grey lines.</summary>
    [Parameter]
    public RenderFragment? Loading { get; set; }

    /// <summary>Shown when there is nothing: says why, and what to do.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>The content.</summary>
    [Parameter, EditorRequired]
    public RenderFragment<T> ChildContent { get; set; } = null!;

    [Inject]
    private ILogger<LoadState<T>> Log { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>Loads again now.</summary>
    public async Task ReloadAsync()
    {
        _failure = null;
        await LoadAsync();
        StateHasChanged();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
        _running?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // The prerendered page shows the loading state; loading twice would cost double and flicker.
        if (!RendererInfo.IsInteractive || (_loaded && Equals(_loadedKey, Key)))
        {
            return;
        }

        await LoadAsync();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && Every is { } period && RendererInfo.IsInteractive)
        {
            _ = RepeatAsync(period, _gone.Token);
        }
    }

    private async Task LoadAsync()
    {
        if (_running is not null)
        {
            await _running.CancelAsync();
            _running.Dispose();
        }

        var running = _running = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        var token = running.Token;
        _loadedKey = Key;
        try
        {
            var value = await From(token);
            if (!token.IsCancellationRequested)
            {
                (_value, _loaded, _failure) = (value, true, null);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Another load has taken over, or the page is gone.
        }
#pragma warning disable CA1031 // The edge of a panel: whatever went wrong is shown there and must not take the page with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.LogWarning(failure, "A panel could not be loaded: {Label}", Label);
            (_loaded, _failure) = (false, failure is InvalidOperationException or ArgumentException ? failure.Message : "The server could not answer; its log holds the details.");
        }
    }

    private async Task RepeatAsync(TimeSpan period, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(period, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(ReloadAsync);
            }
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
