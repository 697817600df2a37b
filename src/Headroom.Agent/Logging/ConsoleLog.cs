using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Headroom.Agent.Logging;

/// <summary>One line per message on standard error, where systemd's journal and container runtimes pick it up.</summary>
internal sealed class ConsoleLog(TimeProvider clock, LogLevel lowest) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var cause = exception is null ? "" : $": {exception.Message}";
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel} {formatter(state, exception)}{cause}"));
    }
}
