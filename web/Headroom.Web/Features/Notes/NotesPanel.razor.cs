using Headroom.Storage.Notes;
using Headroom.Web.Access;
using Headroom.Web.Api;
using Headroom.Web.Api.Notes;
using Headroom.Web.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace Headroom.Web.Features.Notes;

/// <summary>Reads and writes the notes of a host; the charts of the page draw them.</summary>
public sealed partial class NotesPanel
{
    private const int Shown = 50;

    private IReadOnlyList<Note> _notes = [];
    private TimeView? _read;
    private string? _text;
    private string? _when;
    private bool _everyHost;
    private string? _problem;

    /// <summary>The host that the charts are about.</summary>
    [Parameter, EditorRequired]
    public int HostId { get; set; }

    /// <summary>The range that the charts show.</summary>
    [Parameter, EditorRequired]
    public TimeView View { get; set; } = TimeView.Default;

    [Inject]
    private NoteBook Book { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private IOptions<ApiOptions> Limits { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private string Summary => _notes.Count switch { 0 => "none in this range", 1 => "one in this range", var count => $"{count} in this range" };

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_read != View && RendererInfo.IsInteractive)
        {
            _read = View;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var (from, to) = View.Range(Clock.GetUtcNow());
        _notes = await Book.ReadAsync(HostId, from, to, Shown, CancellationToken.None);
    }

    private async Task WriteAsync()
    {
        _problem = NoteText.Problem(_text, Limits.Value);
        if (_problem is not null)
        {
            return;
        }

        var at = await WhenAsync();
        var note = await Actions.RunAsync(
            Policies.Operator, "WriteNote", "/api/v1/notes", who => Book.WriteAsync(_everyHost ? null : HostId, at, null, _text!.Trim(), who, CancellationToken.None));
        if (note is null)
        {
            _problem = "This host is no longer known.";
            return;
        }

        (_text, _when) = (null, null);
        await ShowAsync();
    }

    private async Task RemoveAsync(Guid id)
    {
        await Actions.RunAsync(Policies.Operator, "RemoveNote", $"/api/v1/notes/{id}", _ => Book.RemoveAsync(id, CancellationToken.None));
        await ShowAsync();
    }

    private async Task ShowAsync()
    {
        await ReadAsync();
        var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/charts/notes.js");
        await using (module)
        {
            await module.InvokeVoidAsync("changed");
        }
    }

    /// <summary>The time that was typed in the browser's own zone; without one, now.</summary>
    private async Task<DateTimeOffset> WhenAsync()
    {
        if (string.IsNullOrEmpty(_when))
        {
            return Clock.GetUtcNow();
        }

        var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./js/time.js");
        await using (module)
        {
            return await module.InvokeAsync<long?>("toUnix", _when) is { } unix ? DateTimeOffset.FromUnixTimeMilliseconds(unix) : Clock.GetUtcNow();
        }
    }
}
