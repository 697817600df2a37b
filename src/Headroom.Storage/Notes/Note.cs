namespace Headroom.Storage.Notes;

/// <summary>Something that happened at a time and explains what the charts show: written by a person, or by the jobs.</summary>
/// <param name="Id">Of a person's note; null for what the jobs did, which cannot be taken away.</param>
/// <param name="HostId">The host it is about; null when it is about all.</param>
/// <param name="At">When it happened, or began.</param>
/// <param name="Until">The end of what lasted; null for an instant and for what lasts still.</param>
/// <param name="Text">What happened.</param>
/// <param name="By">Who wrote or did it.</param>
/// <param name="Page">Where to read more: path of a page; null where there is none.</param>
public sealed record Note(Guid? Id, int? HostId, DateTimeOffset At, DateTimeOffset? Until, string Text, string By, string? Page);
