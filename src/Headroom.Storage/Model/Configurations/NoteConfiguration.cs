using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Headroom.Storage.Model.Configurations;

internal sealed class NoteConfiguration : IEntityTypeConfiguration<NoteRow>
{
    public void Configure(EntityTypeBuilder<NoteRow> builder)
    {
        builder.ToTable("notes");
        builder.HasKey(note => note.NoteId).HasName("notes_pkey");
        builder.Property(note => note.NoteId).HasColumnName("note_id").ValueGeneratedNever();
        builder.Property(note => note.HostId).HasColumnName("host_id");
        builder.Property(note => note.At).HasColumnName("at");
        builder.Property(note => note.Until).HasColumnName("until");
        builder.Property(note => note.Text).HasColumnName("text");
        builder.Property(note => note.By).HasColumnName("written_by");
        builder.Property(note => note.WrittenAt).HasColumnName("written_at");
        builder.HasOne<HostRow>().WithMany().HasForeignKey(note => note.HostId).HasConstraintName("notes_host_id_fkey").OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(note => note.HostId).HasDatabaseName("notes_host_id_index");
        builder.HasIndex(note => note.At).HasDatabaseName("notes_at_index");
    }
}
