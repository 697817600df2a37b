using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class CapacityOutcomeConfiguration : IEntityTypeConfiguration<CapacityOutcomeRow>
{
    public void Configure(EntityTypeBuilder<CapacityOutcomeRow> builder)
    {
        builder.ToTable("capacity_outcomes");
        builder.HasKey(outcome => new { outcome.AdviceId, outcome.Resource }).HasName("capacity_outcomes_pkey");
        builder.Property(outcome => outcome.AdviceId).HasColumnName("advice_id");
        builder.Property(outcome => outcome.Resource).HasColumnName("resource");
        builder.Property(outcome => outcome.Advised).HasColumnName("advised");
        builder.Property(outcome => outcome.Peak).HasColumnName("peak");
        builder.Property(outcome => outcome.Windows).HasColumnName("windows");
        builder.Property(outcome => outcome.Violations).HasColumnName("violations");
    }
}
