using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class ModelAlarmConfiguration : IEntityTypeConfiguration<ModelAlarmRow>
{
    public void Configure(EntityTypeBuilder<ModelAlarmRow> builder)
    {
        builder.ToTable("model_alarms");
        builder.HasKey(alarm => alarm.AlarmId).HasName("model_alarms_pkey");
        builder.Property(alarm => alarm.AlarmId).HasColumnName("alarm_id").ValueGeneratedNever();
        builder.Property(alarm => alarm.Model).HasColumnName("model");
        builder.Property(alarm => alarm.VersionId).HasColumnName("version_id");
        builder.Property(alarm => alarm.Metric).HasColumnName("metric");
        builder.Property(alarm => alarm.Test).HasColumnName("test");
        builder.Property(alarm => alarm.Since).HasColumnName("since");
        builder.Property(alarm => alarm.RaisedAt).HasColumnName("raised_at");
        builder.Property(alarm => alarm.Statistic).HasColumnName("statistic");
        builder.Property(alarm => alarm.Threshold).HasColumnName("threshold");
        builder.Property(alarm => alarm.MaeEffect).HasColumnName("mae_effect");
        builder.Property(alarm => alarm.WorkId).HasColumnName("work_id");
        builder.Property(alarm => alarm.EndedAt).HasColumnName("ended_at");
        builder.HasOne<ModelVersionRow>().WithMany().HasForeignKey(alarm => alarm.VersionId).HasConstraintName("model_alarms_version_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(alarm => new { alarm.Model, alarm.RaisedAt }).HasDatabaseName("model_alarms_model_raised_at_index");
        builder.HasIndex(alarm => new { alarm.VersionId, alarm.Metric }).IsUnique().HasFilter("ended_at IS NULL").HasDatabaseName("model_alarms_one_open");
    }
}
