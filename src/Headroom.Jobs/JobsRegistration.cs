using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.States;
using Headroom.Jobs.Alerts;
using Headroom.Jobs.Backtests;
using Headroom.Jobs.Capacity;
using Headroom.Jobs.Fpga;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Maintenance;
using Headroom.Jobs.Models;
using Headroom.Jobs.Power;
using Headroom.Jobs.Retraining;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;
using Headroom.Oversubscription.Power.Polca;
using Headroom.Oversubscription.Traces;
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
        services.AddInterference();
        services.AddAlerts();
        services.AddOptions<DatasetOptions>().BindConfiguration(DatasetOptions.SectionName);
        services.AddScoped<BacktestTraces>();
        services.AddWorkKind<BacktestWork>();
        services.AddScheduledWork(Schedules.Backtest, BacktestQuestion.Kind, _ => [.. Enum.GetValues<Resource>().Select(resource => new BacktestQuestion(BacktestQuestion.Store, resource))]);
        services.AddScoped<ScheduledJobRunner>();
        services.AddScoped<WorkRunner>();
        services.AddScoped<WorkQueue>();
        services.AddScoped<ScheduleBoard>();
        services.AddHostedService<ScheduleRegistration>();
        services.AddOptions<FpgaOptions>().BindConfiguration(FpgaOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddModelServing();
        services.AddServedModel(FpgaModel.Kind);
        services.AddRetraining();
        services.AddModelUpkeep();
        services.AddSingleton<DesignPredictors>();
        services.AddHostedService<PredictorWarmUp>();
        services.AddSingleton<BoardStore>();
        services.AddWorkKind<FpgaSweepWork>();
        services.AddOptions<PowerOptions>().BindConfiguration(PowerOptions.SectionName).ValidateDataAnnotations()
            .Validate(power => PowerPolicies.All.Any(policy => policy.Name == power.Policy), $"{PowerOptions.SectionName}:Policy: expected one of {string.Join("; ", PowerPolicies.All.Select(policy => policy.Name))}")
            .ValidateOnStart();
        services.AddSingleton<HostLimits>();
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
                    InvisibilityTimeout = TimeSpan.FromSeconds(options.InvisibilitySeconds),
                    // A program that is killed leaves its locks behind; ten minutes, the default, would keep the next start and all schedules from theirs.
                    DistributedLockTimeout = TimeSpan.FromSeconds(options.LockSeconds),
                    QueuePollInterval = TimeSpan.FromSeconds(options.PollSeconds),
                    // Workers hear of new work at once instead of at the next poll.
                    EnableLongPolling = true,
                }));
        if (options.IsWorker)
        {
            AddServer(services, options, "maintenance", options.WorkerCount, _ => [EnqueuedState.DefaultQueue]);
            AddServer(services, options, "work", options.WorkCount, Queues);
        }

        return builder;
    }

    /// <summary>Adds a kind of long work.</summary>
    public static IServiceCollection AddWorkKind<T>(this IServiceCollection services)
        where T : class, IWorkKind => services.AddScoped<IWorkKind, T>();

    /// <summary>Adds a schedule that asks for long work.</summary>
    internal static IServiceCollection AddScheduledWork(
        this IServiceCollection services, string name, string kind, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<object>>> arguments) =>
        services.AddScoped<IScheduledJob>(provider => new ScheduledWork(name, kind, cancellationToken => arguments(provider, cancellationToken), provider.GetRequiredService<WorkQueue>()));

    /// <summary>Adds a schedule that asks for the same long work every time.</summary>
    internal static IServiceCollection AddScheduledWork(this IServiceCollection services, string name, string kind, Func<IServiceProvider, IReadOnlyList<object>> arguments) =>
        services.AddScheduledWork(name, kind, (provider, _) => Task.FromResult(arguments(provider)));

    // A worker takes only what it can do: work that needs something waits in a queue of its own.
    private static string[] Queues(IServiceProvider provider)
    {
        using var scope = provider.CreateScope();
        return [.. scope.ServiceProvider.GetServices<IWorkKind>().Where(kind => kind.Unavailable is null).Select(kind => WorkQueue.QueueOf(kind.Needs)).Append(WorkQueue.QueueOf(null)).Distinct()];
    }

    // Maintenance has workers of its own, so that a long backtest never holds up the store.
    private static void AddServer(IServiceCollection services, JobsOptions options, string name, int workers, Func<IServiceProvider, string[]> queues) =>
        services.AddHangfireServer((provider, server) =>
        {
            server.ServerName = $"{Environment.MachineName}-{name}";
            server.Queues = queues(provider);
            server.WorkerCount = workers;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(options.PollSeconds);
        });
}
