using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class EnrolmentUses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "uses_left",
                table: "enrolment_tokens",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            // A token that enrolled its agent under an earlier version enrols no other.
            migrationBuilder.Sql("UPDATE enrolment_tokens SET uses_left = 0 WHERE used_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "uses_left",
                table: "enrolment_tokens");
        }
    }
}
