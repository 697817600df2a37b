using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class WorkConfiguration : IEntityTypeConfiguration<WorkRow>
{
    public void Configure(EntityTypeBuilder<WorkRow> builder)
    {
        builder.ToTable("work");
        builder.HasKey(work => work.WorkId).HasName("work_pkey");
        builder.Property(work => work.WorkId).HasColumnName("work_id").ValueGeneratedNever();
        builder.Property(work => work.Kind).HasColumnName("kind");
        builder.Property(work => work.Arguments).HasColumnName("arguments").HasColumnType("jsonb");
        builder.Property(work => work.State).HasColumnName("state").HasConversion<short>();
        builder.Property(work => work.Progress).HasColumnName("progress");
        builder.Property(work => work.Message).HasColumnName("message");
        builder.Property(work => work.Result).HasColumnName("result").HasColumnType("jsonb");
        builder.Property(work => work.Error).HasColumnName("error");
        builder.Property(work => work.Checkpoint).HasColumnName("checkpoint");
        builder.Property(work => work.RequestedBy).HasColumnName("requested_by");
        builder.Property(work => work.CreatedAt).HasColumnName("created_at");
        builder.Property(work => work.StartedAt).HasColumnName("started_at");
        builder.Property(work => work.FinishedAt).HasColumnName("finished_at");
        builder.Property(work => work.CancelRequestedAt).HasColumnName("cancel_requested_at");
        builder.Property(work => work.Fence).HasColumnName("fence");
        builder.Property(work => work.Worker).HasColumnName("worker");
        builder.Property(work => work.LeaseUntil).HasColumnName("lease_until");
        builder.HasIndex(work => new { work.State, work.CreatedAt }).HasDatabaseName("work_state_created_at_index");
        builder.HasIndex(work => new { work.Kind, work.CreatedAt }).HasDatabaseName("work_kind_created_at_index");
    }
}
