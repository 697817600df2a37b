using Hangfire;
using Hangfire.PostgreSql;
using Headroom.Jobs.Maintenance;
using Headroom.Jobs.Scheduling;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Headroom.Jobs;

/// <summary>Adds the background jobs to a program.</summary>
public static class JobsRegistration
{
    /// <summary>Registers the jobs, their schedules and a Hangfire server on the database <c>ConnectionStrings:Headroom</c>, schema <c>hangfire</c>.</summary>
    public static IHostApplicationBuilder AddHeadroomJobs(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<JobsOptions>().BindConfiguration(JobsOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(JobsOptions.SectionName).Get<JobsOptions>() ?? new JobsOptions();
        var connectionString = builder.Configuration.GetConnectionString("Headroom")
            ?? throw new InvalidOperationException("ConnectionStrings:Headroom is not configured");

        services.AddScoped<IScheduledJob, RollUpJob>();
        services.AddScoped<IScheduledJob, CompactionJob>();
        services.AddScoped<IScheduledJob, PartitionJob>();
        services.AddScoped<IScheduledJob, RetentionJob>();
        services.AddScoped<ScheduledJobRunner>();
        services.AddHostedService<ScheduleRegistration>();

        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(connectionString),
                new PostgreSqlStorageOptions
                {
                    SchemaName = "hangfire",
                    // Without it a job longer than the timeout is fetched, and run, a second time.
                    UseSlidingInvisibilityTimeout = true,
                    QueuePollInterval = TimeSpan.FromSeconds(options.PollSeconds),
                }));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = options.WorkerCount;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(options.PollSeconds);
        });
        return builder;
    }
}
