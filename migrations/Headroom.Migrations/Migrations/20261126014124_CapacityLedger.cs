using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class CapacityLedger : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "capacity_advice",
                columns: table => new
                {
                    advice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    host_id = table.Column<int>(type: "integer", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_cold = table.Column<bool>(type: "boolean", nullable: false),
                    risk = table.Column<double>(type: "double precision", nullable: false),
                    recommendation = table.Column<string>(type: "jsonb", nullable: false),
                    snapshot = table.Column<byte[]>(type: "bytea", nullable: false),
                    withdrawn_reason = table.Column<string>(type: "text", nullable: true),
                    judged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("capacity_advice_pkey", x => x.advice_id);
                });

            migrationBuilder.CreateTable(
                name: "capacity_outcomes",
                columns: table => new
                {
                    advice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    resource = table.Column<string>(type: "text", nullable: false),
                    advised = table.Column<double>(type: "double precision", nullable: false),
                    peak = table.Column<double>(type: "double precision", nullable: true),
                    windows = table.Column<int>(type: "integer", nullable: false),
                    violations = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("capacity_outcomes_pkey", x => new { x.advice_id, x.resource });
                    table.ForeignKey(
                        name: "capacity_outcomes_advice_id_fkey",
                        column: x => x.advice_id,
                        principalTable: "capacity_advice",
                        principalColumn: "advice_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "capacity_advice_host_id_made_at_index",
                table: "capacity_advice",
                columns: new[] { "host_id", "made_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "capacity_outcomes");

            migrationBuilder.DropTable(
                name: "capacity_advice");
        }
    }
}
