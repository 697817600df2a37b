using Headroom.Jobs.Alerts;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Storage.Alerts;
using Headroom.Storage.Model;
using Headroom.Web.Access;
using Headroom.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace Headroom.Web.Features.Alerts;

/// <summary>Where people are told: add, change, test, delete.</summary>
public sealed partial class AlertChannelsPage
{
    private LoadState<IReadOnlyList<AlertChannelRow>>? _list;
    private ChannelForm? _form;
    private Guid? _deleting;
    private Guid? _testing;
    private (string Channel, string? Error)? _tested;
    private string? _problem;

    [Inject]
    private PageActions Actions { get; set; } = null!;

    [Inject]
    private AlertChannels Channels { get; set; } = null!;

    [Inject]
    private AlertChannelKinds Kinds { get; set; } = null!;

    [Inject]
    private AlertDesk Desk { get; set; } = null!;

    [Inject]
    private AlertDispatch Dispatch { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private void Edit(AlertChannelRow? channel) => (_form, _problem, _tested) = (
        channel is null
            ? new ChannelForm(Guid.CreateVersion7(Clock.GetUtcNow()), null) { Kind = WebhookKind.KindName }
            : new ChannelForm(channel.ChannelId, channel) { Name = channel.Name, Kind = channel.Kind, Target = channel.Target, IsEnabled = channel.IsEnabled },
        null,
        null);

    private async Task SaveAsync()
    {
        var form = _form!;
        _problem = await Actions.RunAsync(Policies.Administrator, form.IsNew ? "AddAlertChannel" : "ReplaceAlertChannel", $"/api/v1/alert-channels/{form.Id}", who =>
        {
            var channel = form.ToRow(Kinds.Find(form.Kind)!, who, Clock.GetUtcNow());
            return form.IsNew ? Desk.AddAsync(channel, CancellationToken.None) : Desk.ReplaceAsync(channel, CancellationToken.None);
        });
        if (_problem is null)
        {
            _form = null;
            await ReloadAsync();
        }
    }

    private async Task TestAsync(AlertChannelRow channel)
    {
        _testing = channel.ChannelId;
        try
        {
            _tested = (channel.Name, await Actions.RunAsync(
                Policies.Administrator, "TestAlertChannel", $"/api/v1/alert-channels/{channel.ChannelId}", who => Dispatch.TestAsync(channel, who, CancellationToken.None)));
        }
        finally
        {
            _testing = null;
        }
    }

    private async Task DeleteAsync(Guid channel)
    {
        _deleting = null;
        await Actions.RunAsync(Policies.Administrator, "DeleteAlertChannel", $"/api/v1/alert-channels/{channel}", _ => Channels.DeleteAsync(channel, CancellationToken.None));
        await ReloadAsync();
    }

    private Task ReloadAsync() => _list?.ReloadAsync() ?? Task.CompletedTask;

    /// <summary>A channel as a person writes it; the secret that it has stays on the server.</summary>
    private sealed class ChannelForm(Guid id, AlertChannelRow? old)
    {
        public Guid Id => id;

        public string Name { get; set; } = "";

        public string Kind { get; set; } = "";

        public string Target { get; set; } = "";

        public string? Secret { get; set; }

        public bool IsEnabled { get; set; } = true;

        public bool IsNew => old is null;

        public string? OldName => old?.Name;

        public bool HasSecret => old?.Secret is not null && old.Kind == Kind;

        public AlertChannelRow ToRow(IAlertChannelKind kind, string by, DateTimeOffset now) => new()
        {
            ChannelId = id,
            Name = Name.Trim(),
            Kind = Kind,
            IsEnabled = IsEnabled,
            Target = kind.TargetMeaning is null ? "" : Target.Trim(),
            Secret = kind.SecretMeaning is null ? null : string.IsNullOrEmpty(Secret) ? (HasSecret ? old!.Secret : null) : Secret.Trim(),
            ChangedAt = now,
            ChangedBy = by,
        };
    }
}
