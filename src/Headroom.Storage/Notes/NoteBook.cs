using Headroom.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Headroom.Storage.Notes;

/// <summary>
/// What is written on the charts. People's notes are kept here; what the jobs did (a champion changed, an input drifted) is read from where the jobs
/// wrote it down, so that it is told once however often a job runs.
/// </summary>
public sealed class NoteBook(IDbContextFactory<HeadroomDbContext> contexts, TimeProvider clock)
{
    /// <summary>Notes that touch a range of time, newest first.</summary>
    /// <param name="hostId">Those about this host and about all; null for those of every host.</param>
    /// <param name="from">Start, inclusive.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<Note>> ReadAsync(int? hostId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        var written = await context.Notes.AsNoTracking()
            .Where(note => note.At < to && (note.Until ?? note.At) >= from && (hostId == null || note.HostId == null || note.HostId == hostId))
            .OrderByDescending(note => note.At).Take(limit)
            .Select(note => new Note(note.NoteId, note.HostId, note.At, note.Until, note.Text, note.By, null)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var decisions = await context.ModelDecisions.AsNoTracking()
            .Where(decision => decision.At < to && decision.At >= from
                && (decision.Verdict == ModelVerdict.Promoted || decision.Verdict == ModelVerdict.First || decision.Verdict == ModelVerdict.Forced || decision.Verdict == ModelVerdict.RolledBack))
            .Join(context.ModelVersions, decision => decision.VersionId, version => version.VersionId, (decision, version) => new { decision.At, decision.Model, decision.By, decision.Verdict, version.Number })
            .OrderByDescending(decision => decision.At).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);
        var alarms = await context.ModelAlarms.AsNoTracking()
            .Where(alarm => alarm.Since < to && (alarm.EndedAt == null || alarm.EndedAt >= from))
            .OrderByDescending(alarm => alarm.Since).Take(limit).ToListAsync(cancellationToken).ConfigureAwait(false);

        return [.. written
            .Concat(decisions.Select(made => new Note(null, null, made.At, null, $"{made.Model}: version {made.Number} answers now{Because(made.Verdict)}", made.By, $"/models?model={made.Model}")))
            .Concat(alarms.Select(alarm => new Note(null, null, alarm.Since, alarm.EndedAt, $"{alarm.Model}: {alarm.Metric} is not as in training", alarm.Test, $"/models?model={alarm.Model}")))
            .OrderByDescending(note => note.At).Take(limit)];
    }

    /// <summary>Keeps a note of a person. Null when there is no such host.</summary>
    public async Task<Note?> WriteAsync(int? hostId, DateTimeOffset at, DateTimeOffset? until, string text, string by, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        if (hostId is { } host && !await context.Hosts.AnyAsync(known => known.HostId == host, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var row = new NoteRow { NoteId = Guid.CreateVersion7(), HostId = hostId, At = at, Until = until, Text = text, By = by, WrittenAt = clock.GetUtcNow() };
        context.Notes.Add(row);
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return new Note(row.NoteId, row.HostId, row.At, row.Until, row.Text, row.By, null);
    }

    /// <summary>Takes a person's note away. False when there is none.</summary>
    public async Task<bool> RemoveAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        return await context.Notes.Where(note => note.NoteId == id).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false) > 0;
    }

    private static string Because(ModelVerdict verdict) => verdict switch
    {
        ModelVerdict.Forced => ", put there by a person",
        ModelVerdict.RolledBack => " again: the one after it was taken back",
        _ => "",
    };
}
