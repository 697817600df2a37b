using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class Models : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "job_schedules",
                columns: table => new
                {
                    job = table.Column<string>(type: "text", nullable: false),
                    cron = table.Column<string>(type: "text", nullable: true),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("job_schedules_pkey", x => x.job);
                });

            migrationBuilder.CreateTable(
                name: "model_files",
                columns: table => new
                {
                    hash = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_files_pkey", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "model_versions",
                columns: table => new
                {
                    version_id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    model = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    card_id = table.Column<string>(type: "text", nullable: false),
                    file_hash = table.Column<string>(type: "text", nullable: false),
                    file_bytes = table.Column<long>(type: "bigint", nullable: false),
                    architecture = table.Column<string[]>(type: "text[]", nullable: false),
                    schema = table.Column<string[]>(type: "text[]", nullable: false),
                    data_name = table.Column<string>(type: "text", nullable: false),
                    data_checksum = table.Column<string>(type: "text", nullable: false),
                    data_rows = table.Column<int>(type: "integer", nullable: false),
                    parent_id = table.Column<int>(type: "integer", nullable: true),
                    stage = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    work_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_versions_pkey", x => x.version_id);
                    table.ForeignKey(
                        name: "model_versions_file_hash_fkey",
                        column: x => x.file_hash,
                        principalTable: "model_files",
                        principalColumn: "hash",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "model_versions_parent_id_fkey",
                        column: x => x.parent_id,
                        principalTable: "model_versions",
                        principalColumn: "version_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_alarms",
                columns: table => new
                {
                    alarm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "text", nullable: false),
                    version_id = table.Column<int>(type: "integer", nullable: false),
                    metric = table.Column<string>(type: "text", nullable: false),
                    test = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    statistic = table.Column<double>(type: "double precision", nullable: false),
                    threshold = table.Column<double>(type: "double precision", nullable: false),
                    mae_effect = table.Column<double>(type: "double precision", nullable: true),
                    work_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_alarms_pkey", x => x.alarm_id);
                    table.ForeignKey(
                        name: "model_alarms_version_id_fkey",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "version_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "model_decisions",
                columns: table => new
                {
                    decision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "text", nullable: false),
                    version_id = table.Column<int>(type: "integer", nullable: false),
                    champion_id = table.Column<int>(type: "integer", nullable: true),
                    verdict = table.Column<short>(type: "smallint", nullable: false),
                    decided_by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    numbers = table.Column<string>(type: "jsonb", nullable: true),
                    work_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_decisions_pkey", x => x.decision_id);
                    table.ForeignKey(
                        name: "model_decisions_version_id_fkey",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "version_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "model_metrics",
                columns: table => new
                {
                    version_id = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    slice = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    rows = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("model_metrics_pkey", x => new { x.version_id, x.source, x.slice, x.name, x.at });
                    table.ForeignKey(
                        name: "model_metrics_version_id_fkey",
                        column: x => x.version_id,
                        principalTable: "model_versions",
                        principalColumn: "version_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "model_alarms_model_raised_at_index",
                table: "model_alarms",
                columns: new[] { "model", "raised_at" });

            migrationBuilder.CreateIndex(
                name: "model_alarms_one_open",
                table: "model_alarms",
                columns: new[] { "version_id", "metric" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "model_decisions_model_at_index",
                table: "model_decisions",
                columns: new[] { "model", "at" });

            migrationBuilder.CreateIndex(
                name: "model_decisions_version_id_index",
                table: "model_decisions",
                column: "version_id");

            migrationBuilder.CreateIndex(
                name: "model_versions_file_hash_index",
                table: "model_versions",
                column: "file_hash");

            migrationBuilder.CreateIndex(
                name: "model_versions_model_key_key",
                table: "model_versions",
                columns: new[] { "model", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "model_versions_model_number_key",
                table: "model_versions",
                columns: new[] { "model", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "model_versions_one_champion",
                table: "model_versions",
                column: "model",
                unique: true,
                filter: "stage = 2");

            migrationBuilder.CreateIndex(
                name: "model_versions_parent_id_index",
                table: "model_versions",
                column: "parent_id");

            // A version is what it was made as: only its stage moves. Its file never changes.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION refuse_model_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF TG_TABLE_NAME = 'model_files' OR to_jsonb(OLD) - 'stage' IS DISTINCT FROM to_jsonb(NEW) - 'stage' THEN
                    RAISE EXCEPTION 'a model version and its file never changes; only the stage of a version does';
                  END IF;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER model_versions_immutable BEFORE UPDATE ON model_versions FOR EACH ROW EXECUTE FUNCTION refuse_model_change();
                CREATE TRIGGER model_files_immutable BEFORE UPDATE ON model_files FOR EACH ROW EXECUTE FUNCTION refuse_model_change();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_schedules");

            migrationBuilder.DropTable(
                name: "model_alarms");

            migrationBuilder.DropTable(
                name: "model_decisions");

            migrationBuilder.DropTable(
                name: "model_metrics");

            migrationBuilder.DropTable(
                name: "model_versions");

            migrationBuilder.DropTable(
                name: "model_files");

            migrationBuilder.Sql("DROP FUNCTION refuse_model_change()");
        }
    }
}
