using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class Alerts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "alert_channels",
                columns: table => new
                {
                    channel_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    secret = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alert_channels_pkey", x => x.channel_id);
                });

            migrationBuilder.CreateTable(
                name: "alert_rules",
                columns: table => new
                {
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    is_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    signal = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: true),
                    metric = table.Column<string>(type: "text", nullable: true),
                    aggregate = table.Column<short>(type: "smallint", nullable: false),
                    window_seconds = table.Column<int>(type: "integer", nullable: false),
                    comparison = table.Column<short>(type: "smallint", nullable: false),
                    threshold = table.Column<double>(type: "double precision", nullable: false),
                    clear_threshold = table.Column<double>(type: "double precision", nullable: false),
                    for_seconds = table.Column<int>(type: "integer", nullable: false),
                    severity = table.Column<short>(type: "smallint", nullable: false),
                    grouping = table.Column<short>(type: "smallint", nullable: false),
                    hosts = table.Column<string>(type: "text", nullable: true),
                    channels = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "text", nullable: false),
                    evaluated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alert_rules_pkey", x => x.rule_id);
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    alert_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<short>(type: "smallint", nullable: false),
                    unit = table.Column<string>(type: "text", nullable: false),
                    comparison = table.Column<short>(type: "smallint", nullable: false),
                    threshold = table.Column<double>(type: "double precision", nullable: false),
                    subject_key = table.Column<string>(type: "text", nullable: false),
                    subject = table.Column<string>(type: "text", nullable: false),
                    host_id = table.Column<int>(type: "integer", nullable: true),
                    host = table.Column<string>(type: "text", nullable: true),
                    entity_id = table.Column<int>(type: "integer", nullable: true),
                    group_key = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    pending_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    held_seconds = table.Column<double>(type: "double precision", nullable: false),
                    breach_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resolved_because = table.Column<string>(type: "text", nullable: true),
                    value = table.Column<double>(type: "double precision", nullable: false),
                    worst = table.Column<double>(type: "double precision", nullable: false),
                    value_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    no_data = table.Column<bool>(type: "boolean", nullable: false),
                    told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    muted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_told_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alerts_pkey", x => x.alert_id);
                });

            migrationBuilder.CreateTable(
                name: "alert_deliveries",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_id = table.Column<Guid>(type: "uuid", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: false),
                    group_key = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "jsonb", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alert_deliveries_pkey", x => x.delivery_id);
                    table.ForeignKey(
                        name: "alert_deliveries_channel_id_fkey",
                        column: x => x.channel_id,
                        principalTable: "alert_channels",
                        principalColumn: "channel_id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "alert_silences",
                columns: table => new
                {
                    silence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    hosts = table.Column<string>(type: "text", nullable: true),
                    subjects = table.Column<string>(type: "text", nullable: true),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alert_silences_pkey", x => x.silence_id);
                    table.ForeignKey(
                        name: "alert_silences_rule_id_fkey",
                        column: x => x.rule_id,
                        principalTable: "alert_rules",
                        principalColumn: "rule_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "alert_attempts",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    took_seconds = table.Column<double>(type: "double precision", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("alert_attempts_pkey", x => new { x.delivery_id, x.number });
                    table.ForeignKey(
                        name: "alert_attempts_delivery_id_fkey",
                        column: x => x.delivery_id,
                        principalTable: "alert_deliveries",
                        principalColumn: "delivery_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "alert_channels_name_key",
                table: "alert_channels",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "alert_deliveries_channel_id_index",
                table: "alert_deliveries",
                column: "channel_id");

            migrationBuilder.CreateIndex(
                name: "alert_deliveries_created_at_index",
                table: "alert_deliveries",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "alert_deliveries_waiting_index",
                table: "alert_deliveries",
                column: "next_attempt_at",
                filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "alert_rules_name_key",
                table: "alert_rules",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "alert_silences_ends_at_index",
                table: "alert_silences",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "alert_silences_rule_id_index",
                table: "alert_silences",
                column: "rule_id");

            migrationBuilder.CreateIndex(
                name: "alerts_one_open",
                table: "alerts",
                columns: new[] { "rule_id", "subject_key" },
                unique: true,
                filter: "state <> 2");

            migrationBuilder.CreateIndex(
                name: "alerts_pending_at_index",
                table: "alerts",
                column: "pending_at");

            migrationBuilder.CreateIndex(
                name: "alerts_state_pending_at_index",
                table: "alerts",
                columns: new[] { "state", "pending_at" });

            migrationBuilder.Sql(DatabaseMigration.ReadSql("shipped_alert_rules.sql"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert_attempts");

            migrationBuilder.DropTable(
                name: "alert_silences");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "alert_deliveries");

            migrationBuilder.DropTable(
                name: "alert_rules");

            migrationBuilder.DropTable(
                name: "alert_channels");
        }
    }
}
