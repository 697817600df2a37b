using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ModelFileConfiguration : IEntityTypeConfiguration<ModelFileRow>
{
    public void Configure(EntityTypeBuilder<ModelFileRow> builder)
    {
        builder.ToTable("model_files");
        builder.HasKey(file => file.Hash).HasName("model_files_pkey");
        builder.Property(file => file.Hash).HasColumnName("hash");
        builder.Property(file => file.Bytes).HasColumnName("bytes");
    }
}
