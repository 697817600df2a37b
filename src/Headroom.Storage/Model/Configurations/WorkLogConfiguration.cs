using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class WorkLogConfiguration : IEntityTypeConfiguration<WorkLogRow>
{
    public void Configure(EntityTypeBuilder<WorkLogRow> builder)
    {
        builder.ToTable("work_log");
        builder.HasKey(line => new { line.WorkId, line.Line }).HasName("work_log_pkey");
        builder.Property(line => line.WorkId).HasColumnName("work_id");
        builder.Property(line => line.Line).HasColumnName("line").ValueGeneratedNever();
        builder.Property(line => line.At).HasColumnName("at");
        builder.Property(line => line.Text).HasColumnName("text");
        builder.HasOne<WorkRow>().WithMany().HasForeignKey(line => line.WorkId).HasConstraintName("work_log_work_id_fkey").OnDelete(DeleteBehavior.Cascade);
    }
}
