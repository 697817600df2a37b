using Headroom.Jobs.Capacity;
using Headroom.Jobs.Maintenance;
using Headroom.Jobs.Scheduling;
using Headroom.Jobs.Work;

namespace Headroom.Jobs;

/// <summary>Every schedule, one line each.</summary>
public static class Schedules
{
    public static IReadOnlyList<Schedule> All { get; } =
    [
        new(RollUpJob.JobName, "* * * * *"),
        new(CompactionJob.JobName, "*/10 * * * *"),
        new(PartitionJob.JobName, "7 * * * *"),
        new(RetentionJob.JobName, "23 3 * * *"),
        new(WorkRecoveryJob.JobName, "* * * * *"),
        new(CapacityAdviceJob.JobName, "* * * * *"),
    ];
}
