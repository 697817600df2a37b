using Headroom.Jobs.Work;
using Headroom.Storage.Work;
using Headroom.Web.Access;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Shared;

/// <summary>Follows one job. Give the id that <see cref="WorkQueue.EnqueueAsync"/> returned; <see cref="OnEnded"/> is called once when it has ended.</summary>
public sealed partial class WorkProgressPanel : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _gone = new();
    private WorkSummary? _work;
    private Guid _told;
    private bool _missing;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public Guid WorkId { get; set; }

    /// <summary>What the job does, in a few words.</summary>
    [Parameter]
    public string Title { get; set; } = "Job";

    /// <summary>Called once when the job has ended, in whatever way.</summary>
    [Parameter]
    public EventCallback<WorkSummary> OnEnded { get; set; }

    [Inject]
    private WorkStore Store { get; set; } = null!;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private IServiceScopeFactory Scopes { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<WorkProgressPanel> Log { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender && RendererInfo.IsInteractive)
        {
            _ = FollowAsync(_gone.Token);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, Clock);
        try
        {
            do
            {
                await InvokeAsync(() => LookAsync(cancellationToken));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        if (_told == WorkId)
        {
            return;
        }

        try
        {
            _work = await Store.FindAsync(WorkId, cancellationToken);
        }
        catch (Npgsql.NpgsqlException away)
        {
            // Shown as it was last seen; the next look comes soon.
            Log.LogWarning(away, "Job {WorkId} could not be read", WorkId);
            return;
        }

        _missing = _work is null;
        StateHasChanged();
        if (_work is { Ended: true } ended)
        {
            _told = WorkId;
            await OnEnded.InvokeAsync(ended);
        }
    }

    private async Task CancelAsync()
    {
        await Actions.RunAsync(Policies.Operator, "CancelJob", $"/api/v1/jobs/{WorkId}", _ => Store.CancelAsync(WorkId, _gone.Token));
        await LookAsync(_gone.Token);
    }

    private async Task RetryAsync()
    {
        await using var scope = Scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<WorkQueue>();
        if (await Actions.RunAsync(Policies.Operator, "RetryJob", $"/api/v1/jobs/{WorkId}", _ => queue.RetryAsync(WorkId, _gone.Token)))
        {
            _told = default;
            await LookAsync(_gone.Token);
        }
    }
}
