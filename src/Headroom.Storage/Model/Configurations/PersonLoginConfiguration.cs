using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

/// <summary>Which account of an identity provider is which person.</summary>
internal sealed class PersonLoginConfiguration : IEntityTypeConfiguration<IdentityUserLogin<Guid>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("person_logins");
        builder.HasKey(login => new { login.LoginProvider, login.ProviderKey }).HasName("person_logins_pkey");
        builder.HasIndex(login => login.UserId).HasDatabaseName("person_logins_person_id_idx");
        builder.Property(login => login.LoginProvider).HasColumnName("provider");
        builder.Property(login => login.ProviderKey).HasColumnName("subject");
        builder.Property(login => login.ProviderDisplayName).HasColumnName("provider_name");
        builder.Property(login => login.UserId).HasColumnName("person_id");
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(login => login.UserId).HasConstraintName("person_logins_person_id_fkey");
    }
}
