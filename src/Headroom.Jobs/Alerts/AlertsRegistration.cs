using Headroom.Jobs.Alerts.Delivery;
using Headroom.Jobs.Alerts.Signals;
using Headroom.Jobs.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace Headroom.Jobs.Alerts;

/// <summary>What alerts need.</summary>
internal static class AlertsRegistration
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.SectionName).ValidateDataAnnotations()
            .Validate(options => AddressGuard.Parse(options.RefusedNetworks) is not null, $"{AlertOptions.SectionName}:{nameof(AlertOptions.RefusedNetworks)}: expected networks such as 169.254.0.0/16 with commas between them")
            .ValidateOnStart();
        services.AddOptions<SmtpOptions>().BindConfiguration(SmtpOptions.SectionName).ValidateDataAnnotations()
            .Validate(options => MimeKit.MailboxAddress.TryParse(options.From, out _), $"{SmtpOptions.SectionName}:{nameof(SmtpOptions.From)}: expected an address of mail")
            .ValidateOnStart();

        services.AddSingleton<MinuteCourses>();
        services.AddSingleton<CapacityPast>();
        services.AddSingleton<IAlertSignal, MetricSignal>();
        services.AddSingleton<IAlertSignal, SilentAgentSignal>();
        services.AddSingleton<IAlertSignal, DiskFullSignal>();
        services.AddSingleton<IAlertSignal, DegradationSignal>();
        services.AddSingleton<IAlertSignal, CapacityRoomSignal>();
        services.AddSingleton<IAlertSignal, WithdrawnAdviceSignal>();
        services.AddSingleton<IAlertSignal, RowPowerSignal>();
        services.AddSingleton<IAlertSignal, DriftSignal>();
        services.AddSingleton<AlertSignals>();

        services.AddSingleton<AddressGuard>();
        services.AddSingleton<OutgoingHttp>();
        services.AddSingleton<IAlertChannelKind, WebhookKind>();
        services.AddSingleton<IAlertChannelKind, EmailKind>();
        services.AddSingleton<IAlertChannelKind, SlackKind>();
        services.AddSingleton<AlertChannelKinds>();
        services.AddSingleton<AlertDispatch>();

        services.AddSingleton<AlertAnnouncer>();
        services.AddSingleton<AlertEvaluation>();
        services.AddSingleton<AlertPreview>();
        services.AddSingleton<AlertDesk>();
        services.AddScoped<IScheduledJob, AlertEvaluationJob>();
        services.AddScoped<IScheduledJob, AlertDeliveryJob>();
        services.AddScoped<IScheduledJob, AlertRetentionJob>();
        return services;
    }
}
