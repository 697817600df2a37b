using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertSilenceConfiguration : IEntityTypeConfiguration<AlertSilenceRow>
{
    public void Configure(EntityTypeBuilder<AlertSilenceRow> builder)
    {
        builder.ToTable("alert_silences");
        builder.HasKey(silence => silence.SilenceId).HasName("alert_silences_pkey");
        builder.Property(silence => silence.SilenceId).HasColumnName("silence_id").ValueGeneratedNever();
        builder.Property(silence => silence.RuleId).HasColumnName("rule_id");
        builder.Property(silence => silence.Hosts).HasColumnName("hosts");
        builder.Property(silence => silence.Subjects).HasColumnName("subjects");
        builder.Property(silence => silence.StartsAt).HasColumnName("starts_at");
        builder.Property(silence => silence.EndsAt).HasColumnName("ends_at");
        builder.Property(silence => silence.Reason).HasColumnName("reason");
        builder.Property(silence => silence.CreatedBy).HasColumnName("created_by");
        builder.Property(silence => silence.CreatedAt).HasColumnName("created_at");
        builder.HasOne<AlertRuleRow>().WithMany().HasForeignKey(silence => silence.RuleId).HasConstraintName("alert_silences_rule_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(silence => silence.EndsAt).HasDatabaseName("alert_silences_ends_at_index");
        builder.HasIndex(silence => silence.RuleId).HasDatabaseName("alert_silences_rule_id_index");
    }
}
