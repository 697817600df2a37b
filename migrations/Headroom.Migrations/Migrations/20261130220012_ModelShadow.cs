using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class ModelShadow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "shadow_predictions",
                columns: table => new
                {
                    version_id = table.Column<int>(type: "integer", nullable: false),
                    host_id = table.Column<int>(type: "integer", nullable: false),
                    entity_id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    lower = table.Column<double>(type: "double precision", nullable: false),
                    upper = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("shadow_predictions_pkey", x => new { x.host_id, x.entity_id, x.at, x.version_id });
                    table.ForeignKey(
                        name: "shadow_predictions_version_id_fkey",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "version_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "verified_predictions",
                columns: table => new
                {
                    host_id = table.Column<int>(type: "integer", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_id = table.Column<int>(type: "integer", nullable: false),
                    workload = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    truth = table.Column<double>(type: "double precision", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    lower = table.Column<double>(type: "double precision", nullable: false),
                    upper = table.Column<double>(type: "double precision", nullable: false),
                    level = table.Column<double>(type: "double precision", nullable: false),
                    windows = table.Column<int>(type: "integer", nullable: false),
                    outside_windows = table.Column<int>(type: "integer", nullable: false),
                    model_id = table.Column<string>(type: "text", nullable: false),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    work_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("verified_predictions_pkey", x => new { x.host_id, x.run_id });
                    table.ForeignKey(
                        name: "verified_predictions_run_fkey",
                        columns: x => new { x.host_id, x.run_id },
                        principalTable: "runs",
                        principalColumns: new[] { "host_id", "run_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "shadow_predictions_at_index",
                table: "shadow_predictions",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "shadow_predictions_version_id_index",
                table: "shadow_predictions",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "verified_predictions_model_id_ended_at_index",
                table: "verified_predictions",
                columns: new[] { "model_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "verified_predictions_work_id_index",
                table: "verified_predictions",
                column: "work_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shadow_predictions");

            migrationBuilder.DropTable(
                name: "verified_predictions");
        }
    }
}
