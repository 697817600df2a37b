using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class EntityConfiguration : IEntityTypeConfiguration<EntityRow>
{
    public void Configure(EntityTypeBuilder<EntityRow> builder)
    {
        builder.ToTable("entities");
        builder.HasKey(entity => new { entity.HostId, entity.EntityId }).HasName("entities_pkey");
        builder.Property(entity => entity.HostId).HasColumnName("host_id");
        builder.Property(entity => entity.EntityId).HasColumnName("entity_id");
        builder.Property(entity => entity.Kind).HasColumnName("kind");
        builder.Property(entity => entity.Key).HasColumnName("key");
        builder.Property(entity => entity.Name).HasColumnName("name");
        builder.Property(entity => entity.ParentKey).HasColumnName("parent_key");
        builder.Property(entity => entity.Attributes).HasColumnName("attributes");
        builder.Property(entity => entity.FirstSeenAt).HasColumnName("first_seen_at");
        builder.Property(entity => entity.LastSeenAt).HasColumnName("last_seen_at");
        builder.Property(entity => entity.EntityId).UseIdentityByDefaultColumn();
        builder.Property(entity => entity.Kind).HasConversion<short>();
        builder.Property(entity => entity.Attributes).HasColumnType("jsonb").HasConversion(JsonText.Converter, JsonText.Comparer);
        builder.HasIndex(entity => new { entity.HostId, entity.Kind, entity.Key }).IsUnique().HasDatabaseName("entities_host_id_kind_key_unique");
        builder.HasOne<HostRow>().WithMany().HasForeignKey(entity => entity.HostId).HasConstraintName("entities_host_id_fkey");
    }
}
