using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AlertChannelConfiguration : IEntityTypeConfiguration<AlertChannelRow>
{
    public void Configure(EntityTypeBuilder<AlertChannelRow> builder)
    {
        builder.ToTable("alert_channels");
        builder.HasKey(channel => channel.ChannelId).HasName("alert_channels_pkey");
        builder.Property(channel => channel.ChannelId).HasColumnName("channel_id").ValueGeneratedNever();
        builder.Property(channel => channel.Name).HasColumnName("name");
        builder.Property(channel => channel.Kind).HasColumnName("kind");
        builder.Property(channel => channel.IsEnabled).HasColumnName("is_enabled");
        builder.Property(channel => channel.Target).HasColumnName("target");
        builder.Property(channel => channel.Secret).HasColumnName("secret");
        builder.Property(channel => channel.ChangedAt).HasColumnName("changed_at");
        builder.Property(channel => channel.ChangedBy).HasColumnName("changed_by");
        builder.HasIndex(channel => channel.Name).IsUnique().HasDatabaseName("alert_channels_name_key");
    }
}
