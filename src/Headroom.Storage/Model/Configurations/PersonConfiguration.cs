using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class PersonConfiguration : IEntityTypeConfiguration<PersonRow>
{
    private const int AddressLength = 256;

    public void Configure(EntityTypeBuilder<PersonRow> builder)
    {
        builder.ToTable("people");
        builder.HasKey(person => person.Id).HasName("people_pkey");
        builder.HasIndex(person => person.NormalizedUserName).IsUnique().HasDatabaseName("people_normalized_user_name_key");
        builder.HasIndex(person => person.NormalizedEmail).IsUnique().HasDatabaseName("people_normalized_address_key");
        builder.Property(person => person.Id).HasColumnName("person_id").ValueGeneratedNever();
        builder.Property(person => person.UserName).HasColumnName("user_name").HasMaxLength(AddressLength);
        builder.Property(person => person.NormalizedUserName).HasColumnName("normalized_user_name").HasMaxLength(AddressLength);
        builder.Property(person => person.Email).HasColumnName("address").HasMaxLength(AddressLength);
        builder.Property(person => person.NormalizedEmail).HasColumnName("normalized_address").HasMaxLength(AddressLength);
        builder.Property(person => person.EmailConfirmed).HasColumnName("address_confirmed");
        builder.Property(person => person.PasswordHash).HasColumnName("password_hash");
        builder.Property(person => person.SecurityStamp).HasColumnName("security_stamp");
        builder.Property(person => person.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsConcurrencyToken();
        builder.Property(person => person.LockoutEnd).HasColumnName("lockout_end");
        builder.Property(person => person.LockoutEnabled).HasColumnName("lockout_enabled");
        builder.Property(person => person.AccessFailedCount).HasColumnName("access_failed_count");
        builder.Property(person => person.Role).HasColumnName("role").HasConversion<short>();
        builder.Property(person => person.CreatedAt).HasColumnName("created_at");
        builder.Property(person => person.SignedInAt).HasColumnName("signed_in_at");
        builder.Property(person => person.DisabledAt).HasColumnName("disabled_at");
        builder.Ignore(person => person.PhoneNumber).Ignore(person => person.PhoneNumberConfirmed).Ignore(person => person.TwoFactorEnabled);
    }
}
