using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class HostConfiguration : IEntityTypeConfiguration<HostRow>
{
    public void Configure(EntityTypeBuilder<HostRow> builder)
    {
        builder.ToTable("hosts");
        builder.HasKey(host => host.HostId).HasName("hosts_pkey");
        builder.Property(host => host.HostId).HasColumnName("host_id");
        builder.Property(host => host.Key).HasColumnName("key");
        builder.Property(host => host.Name).HasColumnName("name");
        builder.Property(host => host.FirstSeenAt).HasColumnName("first_seen_at");
        builder.Property(host => host.HostId).UseIdentityByDefaultColumn();
        builder.HasIndex(host => host.Key).IsUnique().HasDatabaseName("hosts_key_unique");
    }
}
