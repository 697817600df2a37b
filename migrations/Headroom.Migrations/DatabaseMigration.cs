using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Migrations;

/// <summary>Brings a database to the schema of this build.</summary>
public static class DatabaseMigration
{
    /// <summary>Environment variable that names the database.</summary>
    public const string ConnectionVariable = "ConnectionStrings__Headroom";

    /// <summary>A context whose migrations are in this assembly.</summary>
    public static HeadroomDbContext CreateContext(string connectionString) => new(
        new DbContextOptionsBuilder<HeadroomDbContext>()
            .UseNpgsql(connectionString, npgsql => npgsql
                .MigrationsAssembly(typeof(DatabaseMigration).Assembly.GetName().Name)
                .MigrationsHistoryTable("migrations_history"))
            .Options);

    /// <summary>Applies what is missing and reports each migration before it runs. Safe to run again, and by two programs at once.</summary>
    public static async Task ApplyAsync(string connectionString, IProgress<string> progress, CancellationToken cancellationToken)
    {
        await using var context = CreateContext(connectionString);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken).ConfigureAwait(false)).ToList();
        foreach (var migration in pending)
        {
            progress.Report($"migrating to {migration}");
            await context.Database.MigrateAsync(migration, cancellationToken).ConfigureAwait(false);
        }

        progress.Report(pending.Count == 0 ? "the schema is up to date" : $"the schema is up to date ({pending.Count} migrations applied)");
    }

    /// <summary>The text of an SQL file of this project, by name.</summary>
    internal static string ReadSql(string name)
    {
        using var stream = typeof(DatabaseMigration).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in {typeof(DatabaseMigration).Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
