using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class CapacityAdviceConfiguration : IEntityTypeConfiguration<CapacityAdviceRow>
{
    public void Configure(EntityTypeBuilder<CapacityAdviceRow> builder)
    {
        builder.ToTable("capacity_advice");
        builder.HasKey(advice => advice.AdviceId).HasName("capacity_advice_pkey");
        builder.Property(advice => advice.AdviceId).HasColumnName("advice_id").ValueGeneratedNever();
        builder.Property(advice => advice.HostId).HasColumnName("host_id");
        builder.Property(advice => advice.MadeAt).HasColumnName("made_at");
        builder.Property(advice => advice.ExpiresAt).HasColumnName("expires_at");
        builder.Property(advice => advice.IsCold).HasColumnName("is_cold");
        builder.Property(advice => advice.Risk).HasColumnName("risk");
        builder.Property(advice => advice.Recommendation).HasColumnName("recommendation").HasColumnType("jsonb");
        builder.Property(advice => advice.Snapshot).HasColumnName("snapshot");
        builder.Property(advice => advice.WithdrawnReason).HasColumnName("withdrawn_reason");
        builder.Property(advice => advice.JudgedAt).HasColumnName("judged_at");
        builder.HasMany(advice => advice.Outcomes).WithOne().HasForeignKey(outcome => outcome.AdviceId)
            .HasConstraintName("capacity_outcomes_advice_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(advice => new { advice.HostId, advice.MadeAt }).HasDatabaseName("capacity_advice_host_id_made_at_index");
    }
}
