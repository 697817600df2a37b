using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class PowerDecisionConfiguration : IEntityTypeConfiguration<PowerDecisionRow>
{
    public void Configure(EntityTypeBuilder<PowerDecisionRow> builder)
    {
        builder.ToTable("power_decisions");
        builder.HasKey(decision => decision.DecisionId).HasName("power_decisions_pkey");
        builder.Property(decision => decision.DecisionId).HasColumnName("decision_id").ValueGeneratedNever();
        builder.Property(decision => decision.At).HasColumnName("at");
        builder.Property(decision => decision.Policy).HasColumnName("policy");
        builder.Property(decision => decision.Watts).HasColumnName("watts");
        builder.Property(decision => decision.ProvisionedWatts).HasColumnName("provisioned_watts");
        builder.Property(decision => decision.Level).HasColumnName("level");
        builder.Property(decision => decision.LowMhz).HasColumnName("low_mhz");
        builder.Property(decision => decision.HighMhz).HasColumnName("high_mhz");
        builder.Property(decision => decision.Brake).HasColumnName("brake");
        builder.Property(decision => decision.Text).HasColumnName("text");
        builder.Property(decision => decision.Written).HasColumnName("written");
        builder.HasIndex(decision => decision.At).HasDatabaseName("power_decisions_at_index");
    }
}
