using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Headroom.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class FpgaBoards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "fpga_boards",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<string>(type: "text", nullable: false),
                    lut = table.Column<double>(type: "double precision", nullable: false),
                    flip_flop = table.Column<double>(type: "double precision", nullable: false),
                    dsp = table.Column<double>(type: "double precision", nullable: false),
                    block_ram_18 = table.Column<double>(type: "double precision", nullable: false),
                    ultra_ram = table.Column<double>(type: "double precision", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("fpga_boards_pkey", x => x.name);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "fpga_boards");
        }
    }
}
