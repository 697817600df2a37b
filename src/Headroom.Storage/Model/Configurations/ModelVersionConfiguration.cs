using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ModelVersionConfiguration : IEntityTypeConfiguration<ModelVersionRow>
{
    public void Configure(EntityTypeBuilder<ModelVersionRow> builder)
    {
        builder.ToTable("model_versions");
        builder.HasKey(version => version.VersionId).HasName("model_versions_pkey");
        builder.Property(version => version.VersionId).HasColumnName("version_id").UseIdentityAlwaysColumn();
        builder.Property(version => version.Model).HasColumnName("model");
        builder.Property(version => version.Number).HasColumnName("number");
        builder.Property(version => version.Key).HasColumnName("key");
        builder.Property(version => version.CardId).HasColumnName("card_id");
        builder.Property(version => version.FileHash).HasColumnName("file_hash");
        builder.Property(version => version.FileBytes).HasColumnName("file_bytes");
        builder.Property(version => version.Architecture).HasColumnName("architecture");
        builder.Property(version => version.Schema).HasColumnName("schema");
        builder.Property(version => version.DataName).HasColumnName("data_name");
        builder.Property(version => version.DataChecksum).HasColumnName("data_checksum");
        builder.Property(version => version.DataRows).HasColumnName("data_rows");
        builder.Property(version => version.ParentId).HasColumnName("parent_id");
        builder.Property(version => version.Stage).HasColumnName("stage").HasConversion<short>();
        builder.Property(version => version.CreatedAt).HasColumnName("created_at");
        builder.Property(version => version.CreatedBy).HasColumnName("created_by");
        builder.Property(version => version.WorkId).HasColumnName("work_id");
        builder.HasOne<ModelFileRow>().WithMany().HasForeignKey(version => version.FileHash).HasConstraintName("model_versions_file_hash_fkey").OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ModelVersionRow>().WithMany().HasForeignKey(version => version.ParentId).HasConstraintName("model_versions_parent_id_fkey").OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(version => new { version.Model, version.Number }).IsUnique().HasDatabaseName("model_versions_model_number_key");
        builder.HasIndex(version => new { version.Model, version.Key }).IsUnique().HasDatabaseName("model_versions_model_key_key");
        builder.HasIndex(version => version.Model).IsUnique().HasFilter("stage = 2").HasDatabaseName("model_versions_one_champion");
        builder.HasIndex(version => version.FileHash).HasDatabaseName("model_versions_file_hash_index");
        builder.HasIndex(version => version.ParentId).HasDatabaseName("model_versions_parent_id_index");
    }
}
