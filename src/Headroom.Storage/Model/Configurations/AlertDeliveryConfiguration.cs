using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertDeliveryConfiguration : IEntityTypeConfiguration<AlertDeliveryRow>
{
    public void Configure(EntityTypeBuilder<AlertDeliveryRow> builder)
    {
        builder.ToTable("alert_deliveries");
        builder.HasKey(delivery => delivery.DeliveryId).HasName("alert_deliveries_pkey");
        builder.Property(delivery => delivery.DeliveryId).HasColumnName("delivery_id").ValueGeneratedNever();
        builder.Property(delivery => delivery.ChannelId).HasColumnName("channel_id");
        builder.Property(delivery => delivery.Channel).HasColumnName("channel");
        builder.Property(delivery => delivery.GroupKey).HasColumnName("group_key");
        builder.Property(delivery => delivery.Title).HasColumnName("title");
        builder.Property(delivery => delivery.Message).HasColumnName("message").HasColumnType("jsonb");
        builder.Property(delivery => delivery.State).HasColumnName("state").HasConversion<short>();
        builder.Property(delivery => delivery.CreatedAt).HasColumnName("created_at");
        builder.Property(delivery => delivery.Attempts).HasColumnName("attempts");
        builder.Property(delivery => delivery.NextAttemptAt).HasColumnName("next_attempt_at");
        builder.Property(delivery => delivery.LeaseUntil).HasColumnName("lease_until");
        builder.Property(delivery => delivery.EndedAt).HasColumnName("ended_at");
        builder.Property(delivery => delivery.Error).HasColumnName("error");
        builder.HasOne<AlertChannelRow>().WithMany().HasForeignKey(delivery => delivery.ChannelId).HasConstraintName("alert_deliveries_channel_id_fkey").OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(delivery => delivery.Tries).WithOne().HasForeignKey(attempt => attempt.DeliveryId)
            .HasConstraintName("alert_attempts_delivery_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(delivery => delivery.NextAttemptAt).HasFilter("state = 0").HasDatabaseName("alert_deliveries_waiting_index");
        builder.HasIndex(delivery => delivery.CreatedAt).HasDatabaseName("alert_deliveries_created_at_index");
        builder.HasIndex(delivery => delivery.ChannelId).HasDatabaseName("alert_deliveries_channel_id_index");
    }
}
