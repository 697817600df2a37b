using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class JobScheduleConfiguration : IEntityTypeConfiguration<JobScheduleRow>
{
    public void Configure(EntityTypeBuilder<JobScheduleRow> builder)
    {
        builder.ToTable("job_schedules");
        builder.HasKey(schedule => schedule.Job).HasName("job_schedules_pkey");
        builder.Property(schedule => schedule.Job).HasColumnName("job");
        builder.Property(schedule => schedule.Cron).HasColumnName("cron");
        builder.Property(schedule => schedule.ChangedBy).HasColumnName("changed_by");
        builder.Property(schedule => schedule.ChangedAt).HasColumnName("changed_at");
    }
}
