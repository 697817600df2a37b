using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Capacity;
using Headroom.Jobs.Fpga;
using Headroom.Jobs.Maintenance;
using Headroom.Jobs.Power;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;
using Headroom.Oversubscription.Power.Polca;
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
        services.AddScoped<IScheduledJob, WorkRecoveryJob>();
        services.AddCapacityAdvice();
        services.AddOptions<DatasetOptions>().BindConfiguration(DatasetOptions.SectionName);
        services.AddScoped<BacktestTraces>();
        services.AddWorkKind<BacktestWork>();
        services.AddScoped<ScheduledJobRunner>();
        services.AddScoped<WorkRunner>();
        services.AddScoped<WorkQueue>();
        services.AddHostedService<ScheduleRegistration>();
        services.AddOptions<FpgaOptions>().BindConfiguration(FpgaOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DesignPredictors>();
        services.AddHostedService<PredictorWarmUp>();
        services.AddSingleton<BoardStore>();
        services.AddWorkKind<FpgaSweepWork>();
        services.AddOptions<PowerOptions>().BindConfiguration(PowerOptions.SectionName).ValidateDataAnnotations()
            .Validate(power => PowerPolicies.All.Any(policy => policy.Name == power.Policy), $"{PowerOptions.SectionName}:Policy: expected one of {string.Join("; ", PowerPolicies.All.Select(policy => policy.Name))}")
            .ValidateOnStart();
        services.AddSingleton<RowWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<RowWatch>());
        services.AddWorkKind<PowerSimulationWork>();

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
                    // Workers hear of new work at once instead of at the next poll.
                    EnableLongPolling = true,
                }));
        AddServer(services, options, EnqueuedState.DefaultQueue, options.WorkerCount);
        AddServer(services, options, WorkQueue.QueueName, options.WorkCount);
        return builder;
    }

    /// <summary>Adds a kind of long work.</summary>
    public static IServiceCollection AddWorkKind<T>(this IServiceCollection services)
        where T : class, IWorkKind => services.AddScoped<IWorkKind, T>();

    // Each queue has workers of its own, so that a long backtest never holds up the maintenance of the store.
    private static void AddServer(IServiceCollection services, JobsOptions options, string queue, int workers) => services.AddHangfireServer(server =>
    {
        server.ServerName = $"{Environment.MachineName}-{queue}";
        server.Queues = [queue];
        server.WorkerCount = workers;
        server.SchedulePollingInterval = TimeSpan.FromSeconds(options.PollSeconds);
    });
}
