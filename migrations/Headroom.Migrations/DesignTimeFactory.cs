using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore.Design;

namespace Headroom.Migrations;

/// <summary>What <c>dotnet ef migrations add Name -p migrations/Headroom.Migrations</c> uses; the server need not exist for that.</summary>
public sealed class DesignTimeFactory : IDesignTimeDbContextFactory<HeadroomDbContext>
{
    /// <inheritdoc />
    public HeadroomDbContext CreateDbContext(string[] args) =>
        DatabaseMigration.CreateContext(Environment.GetEnvironmentVariable(DatabaseMigration.ConnectionVariable) ?? "Host=localhost;Database=headroom");
}
