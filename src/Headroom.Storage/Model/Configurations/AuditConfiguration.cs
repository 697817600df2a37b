using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class AuditConfiguration : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => entry.AuditId).HasName("audit_pkey");
        builder.Property(entry => entry.AuditId).HasColumnName("audit_id").UseIdentityAlwaysColumn();
        builder.Property(entry => entry.At).HasColumnName("at");
        builder.Property(entry => entry.Actor).HasColumnName("actor");
        builder.Property(entry => entry.Action).HasColumnName("action");
        builder.Property(entry => entry.Subject).HasColumnName("subject");
        builder.Property(entry => entry.FromAddress).HasColumnName("from_address");
        builder.Property(entry => entry.Outcome).HasColumnName("outcome");
    }
}
