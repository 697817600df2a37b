using System.Globalization;
using Headroom.Jobs.Alerts.Delivery;
using Headroom.Jobs.Scheduling;

namespace Headroom.Jobs.Alerts;

/// <summary>Sends the messages whose try is due.</summary>
public sealed class AlertDeliveryJob(AlertDispatch dispatch) : IScheduledJob
{
    public const string JobName = "alert-delivery";

    public string Name => JobName;

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var (delivered, failed) = await dispatch.RunAsync(cancellationToken).ConfigureAwait(false);
        return string.Create(CultureInfo.InvariantCulture, $"{delivered} delivered, {failed} failed");
    }
}
