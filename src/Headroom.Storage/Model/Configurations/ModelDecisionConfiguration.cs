using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ModelDecisionConfiguration : IEntityTypeConfiguration<ModelDecisionRow>
{
    public void Configure(EntityTypeBuilder<ModelDecisionRow> builder)
    {
        builder.ToTable("model_decisions");
        builder.HasKey(decision => decision.DecisionId).HasName("model_decisions_pkey");
        builder.Property(decision => decision.DecisionId).HasColumnName("decision_id").ValueGeneratedNever();
        builder.Property(decision => decision.Model).HasColumnName("model");
        builder.Property(decision => decision.VersionId).HasColumnName("version_id");
        builder.Property(decision => decision.ChampionId).HasColumnName("champion_id");
        builder.Property(decision => decision.Verdict).HasColumnName("verdict").HasConversion<short>();
        builder.Property(decision => decision.By).HasColumnName("decided_by");
        builder.Property(decision => decision.Reason).HasColumnName("reason");
        builder.Property(decision => decision.Numbers).HasColumnName("numbers").HasColumnType("jsonb");
        builder.Property(decision => decision.WorkId).HasColumnName("work_id");
        builder.Property(decision => decision.At).HasColumnName("at");
        builder.HasOne<ModelVersionRow>().WithMany().HasForeignKey(decision => decision.VersionId).HasConstraintName("model_decisions_version_id_fkey").OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(decision => new { decision.Model, decision.At }).HasDatabaseName("model_decisions_model_at_index");
        builder.HasIndex(decision => decision.VersionId).HasDatabaseName("model_decisions_version_id_index");
    }
}
