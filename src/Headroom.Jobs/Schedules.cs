using Headroom.Jobs.Alerts;
using Headroom.Jobs.Capacity;
using Headroom.Jobs.Interference;
using Headroom.Jobs.Maintenance;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;

namespace Headroom.Jobs;

/// <summary>Every schedule, one line each; the Jobs page may change when one runs.</summary>
public static class Schedules
{
    public const string Retraining = "retrain-interference";
    public const string Labelling = "label-runs";
    public const string ShadowDecision = "decide-shadow";
    public const string Verification = "verify-predictions";
    public const string DriftCheck = "drift-check";
    public const string Backtest = "backtest-history";

    public static IReadOnlyList<Schedule> All { get; } =
    [
        new(RollUpJob.JobName, "* * * * *"),
        new(CompactionJob.JobName, "*/10 * * * *"),
        new(PartitionJob.JobName, "7 * * * *"),
        new(RetentionJob.JobName, "23 3 * * *"),
        new(WorkRecoveryJob.JobName, "* * * * *"),
        new(CapacityAdviceJob.JobName, "* * * * *"),
        new(Backtest, "11 4 * * *"),
        new(Labelling, "4 * * * *"),
        new(Retraining, "37 2 * * 0"),
        new(Verification, "*/15 * * * *"),
        new(ShadowDecision, "19 * * * *"),
        new(DriftCheck, "29 * * * *"),
        new(InterferenceRetentionJob.JobName, "41 * * * *"),
        new(AlertEvaluationJob.JobName, "*/30 * * * * *"),
        new(AlertDeliveryJob.JobName, "*/15 * * * * *"),
        new(AlertRetentionJob.JobName, "53 3 * * *"),
    ];
}
