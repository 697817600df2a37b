using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class InterferencePredictionConfiguration : IEntityTypeConfiguration<InterferencePredictionRow>
{
    public void Configure(EntityTypeBuilder<InterferencePredictionRow> builder)
    {
        builder.ToTable("interference_predictions");
        builder.HasKey(prediction => new { prediction.HostId, prediction.EntityId, prediction.At }).HasName("interference_predictions_pkey");
        builder.Property(prediction => prediction.HostId).HasColumnName("host_id");
        builder.Property(prediction => prediction.EntityId).HasColumnName("entity_id");
        builder.Property(prediction => prediction.At).HasColumnName("at");
        builder.Property(prediction => prediction.WindowSeconds).HasColumnName("window_seconds");
        builder.Property(prediction => prediction.Value).HasColumnName("value");
        builder.Property(prediction => prediction.Lower).HasColumnName("lower");
        builder.Property(prediction => prediction.Upper).HasColumnName("upper");
        builder.Property(prediction => prediction.Level).HasColumnName("level");
        builder.Property(prediction => prediction.ModelId).HasColumnName("model_id");
        builder.Property(prediction => prediction.ModelVersion).HasColumnName("model_version");
        builder.Property(prediction => prediction.OutsideTraining).HasColumnName("outside_training");
        builder.Property(prediction => prediction.Reasons).HasColumnName("reasons").HasColumnType("jsonb");
        builder.Property(prediction => prediction.Neighbours).HasColumnName("neighbours").HasColumnType("jsonb");
        builder.HasIndex(prediction => prediction.At).HasDatabaseName("interference_predictions_at_index");
    }
}
