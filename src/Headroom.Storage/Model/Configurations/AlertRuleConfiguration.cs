using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertRuleConfiguration : IEntityTypeConfiguration<AlertRuleRow>
{
    public void Configure(EntityTypeBuilder<AlertRuleRow> builder)
    {
        builder.ToTable("alert_rules");
        builder.HasKey(rule => rule.RuleId).HasName("alert_rules_pkey");
        builder.Property(rule => rule.RuleId).HasColumnName("rule_id").ValueGeneratedNever();
        builder.Property(rule => rule.Name).HasColumnName("name");
        builder.Property(rule => rule.IsEnabled).HasColumnName("is_enabled");
        builder.Property(rule => rule.Signal).HasColumnName("signal");
        builder.Property(rule => rule.Kind).HasColumnName("kind").HasConversion<short>();
        builder.Property(rule => rule.Metric).HasColumnName("metric");
        builder.Property(rule => rule.Aggregate).HasColumnName("aggregate").HasConversion<short>();
        builder.Property(rule => rule.WindowSeconds).HasColumnName("window_seconds");
        builder.Property(rule => rule.Comparison).HasColumnName("comparison").HasConversion<short>();
        builder.Property(rule => rule.Threshold).HasColumnName("threshold");
        builder.Property(rule => rule.ClearThreshold).HasColumnName("clear_threshold");
        builder.Property(rule => rule.ForSeconds).HasColumnName("for_seconds");
        builder.Property(rule => rule.Severity).HasColumnName("severity").HasConversion<short>();
        builder.Property(rule => rule.Grouping).HasColumnName("grouping").HasConversion<short>();
        builder.Property(rule => rule.Hosts).HasColumnName("hosts");
        builder.Property(rule => rule.Channels).HasColumnName("channels");
        builder.Property(rule => rule.Note).HasColumnName("note");
        builder.Property(rule => rule.ChangedAt).HasColumnName("changed_at");
        builder.Property(rule => rule.ChangedBy).HasColumnName("changed_by");
        builder.Property(rule => rule.EvaluatedAt).HasColumnName("evaluated_at");
        builder.Property(rule => rule.Problem).HasColumnName("problem");
        builder.HasIndex(rule => rule.Name).IsUnique().HasDatabaseName("alert_rules_name_key");
    }
}
