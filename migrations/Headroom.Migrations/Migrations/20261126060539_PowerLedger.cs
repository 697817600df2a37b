using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class PowerLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "power_decisions",
                columns: table => new
                {
                    decision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    policy = table.Column<string>(type: "text", nullable: false),
                    watts = table.Column<double>(type: "double precision", nullable: false),
                    provisioned_watts = table.Column<double>(type: "double precision", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    low_mhz = table.Column<int>(type: "integer", nullable: false),
                    high_mhz = table.Column<int>(type: "integer", nullable: false),
                    brake = table.Column<bool>(type: "boolean", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    written = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("power_decisions_pkey", x => x.decision_id);
                });

            migrationBuilder.CreateIndex(
                name: "power_decisions_at_index",
                table: "power_decisions",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "power_decisions");
        }
    }
}
