using Headroom.Storage.Model;

namespace Headroom.Jobs.Alerts.Signals;

/// <summary>Something that rules are held against: now, and over the past.</summary>
public interface IAlertSignal
{
    /// <summary>Stable name, for example <c>metric</c>.</summary>
    string Name { get; }

    /// <summary>Name for people.</summary>
    string Title { get; }

    /// <summary>What its value is, in a sentence, and what a missing value means.</summary>
    string Meaning { get; }

    /// <summary>Whether the window of a rule matters to it.</summary>
    bool UsesWindow { get; }

    /// <summary>What is different about its past when a rule is tried on it; null for nothing.</summary>
    string? PastNote { get; }

    /// <summary>UCUM unit of its values for a rule; empty for a plain number.</summary>
    string UnitOf(AlertRuleRow rule);

    /// <summary>What about a rule does not suit this signal: what was expected, where, and what came; null when all does.</summary>
    string? Problem(AlertRuleRow rule);

    /// <summary>The newest value of every subject there is.</summary>
    Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRuleRow rule, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The past of every subject, one after the other.</summary>
    IAsyncEnumerable<AlertCourse> PastAsync(AlertRuleRow rule, AlertPast past, CancellationToken cancellationToken);
}

/// <summary>What an alert is about.</summary>
/// <param name="Key">For the program, unique over all signals.</param>
/// <param name="Name">For people.</param>
/// <param name="HostId">The host; null when it is about none.</param>
/// <param name="Host">Its name.</param>
/// <param name="EntityId">The entity of that host; null when it is about the host itself or no host.</param>
public sealed record AlertSubject(string Key, string Name, int? HostId = null, string? Host = null, int? EntityId = null)
{
    /// <summary>A whole host.</summary>
    public static AlertSubject OfHost(int hostId, string host) => new(FormattableString.Invariant($"host:{hostId}"), host, hostId, host);

    /// <summary>An entity of a host.</summary>
    public static AlertSubject OfEntity(int hostId, int entityId, string host, string name) =>
        new(FormattableString.Invariant($"entity:{hostId}:{entityId}"), $"{name} on {host}", hostId, host, entityId);
}

/// <summary>The newest value of a subject.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Value">The value; null when it is missing.</param>
/// <param name="IsGone">Whether somebody took the subject away on purpose, so that its alert ends.</param>
public sealed record AlertReading(AlertSubject Subject, double? Value, bool IsGone = false);

/// <summary>The past of a subject.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Values">Its values at <see cref="AlertPast.TimeOf"/>; null where missing.</param>
public sealed record AlertCourse(AlertSubject Subject, double?[] Values);

/// <summary>A range of the past, cut into steps.</summary>
/// <param name="From">Start, a whole minute.</param>
/// <param name="Count">How many steps.</param>
/// <param name="MaxSubjects">At most so many subjects, and one more to say that there are.</param>
public sealed record AlertPast(DateTimeOffset From, int Count, int MaxSubjects)
{
    /// <summary>Length of a step: that of the finest roll-up that is kept for months and is no burden to read.</summary>
    public static TimeSpan Step { get; } = TimeSpan.FromMinutes(1);

    /// <summary>End of the range.</summary>
    public DateTimeOffset To => From + (Count * Step);

    /// <summary>When a value was known: at the end of its step.</summary>
    public DateTimeOffset TimeOf(int index) => From + ((index + 1) * Step);
}
