using System.Globalization;
using Headroom.Storage.People;

namespace Headroom.Web.Access;

/// <summary>Writes every call that changes something into the audit log, with how it ended. Who is not even known is in the server's log only.</summary>
internal sealed partial class AuditTrail(RequestDelegate next, AuditLog audit, ILogger<AuditTrail> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Change>() is not { } change || Http.IsReading(context.Request.Method) || context.User.Role() is null)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
            await WriteAsync(context, change, Outcome(context.Response.StatusCode));
        }
        catch (Exception failure)
        {
            await WriteAsync(context, change, $"failed: {failure.GetType().Name}");
            throw;
        }
    }

    private async Task WriteAsync(HttpContext context, Change change, string outcome)
    {
        // What was made is a better name for it than where it was asked for.
        var subject = context.Response.Headers.Location is [{ Length: > 0 } made] ? made : context.Request.Path.Value ?? "/";
        try
        {
            // The caller may have gone; what was done stays done.
            await audit.WriteAsync(context.User.Who(), change.Action, subject, context.Connection.RemoteIpAddress?.ToString(), outcome, CancellationToken.None);
        }
        catch (Exception failure) when (failure is Npgsql.NpgsqlException or Microsoft.EntityFrameworkCore.DbUpdateException)
        {
            Log.NotWritten(logger, failure, context.User.Who(), change.Action, subject, outcome);
        }
    }

    private static string Outcome(int status) => status switch
    {
        < StatusCodes.Status400BadRequest => "done",
        < StatusCodes.Status500InternalServerError => string.Create(CultureInfo.InvariantCulture, $"refused ({status})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"failed ({status})"),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The audit log could not take: {Actor} did {Action} on {Subject}: {Outcome}")]
        public static partial void NotWritten(ILogger logger, Exception failure, string actor, string action, string subject, string outcome);
    }
}
