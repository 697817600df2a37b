namespace Headroom.Storage.Backups;

/// <summary>Why a backup could not be made or restored, as one sentence for the person who asked for it.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
