using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertAttemptConfiguration : IEntityTypeConfiguration<AlertAttemptRow>
{
    public void Configure(EntityTypeBuilder<AlertAttemptRow> builder)
    {
        builder.ToTable("alert_attempts");
        builder.HasKey(attempt => new { attempt.DeliveryId, attempt.Number }).HasName("alert_attempts_pkey");
        builder.Property(attempt => attempt.DeliveryId).HasColumnName("delivery_id");
        builder.Property(attempt => attempt.Number).HasColumnName("number").ValueGeneratedNever();
        builder.Property(attempt => attempt.At).HasColumnName("at");
        builder.Property(attempt => attempt.TookSeconds).HasColumnName("took_seconds");
        builder.Property(attempt => attempt.Error).HasColumnName("error");
    }
}
