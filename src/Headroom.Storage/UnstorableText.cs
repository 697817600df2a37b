using Npgsql;

namespace Headroom.Storage;

/// <summary>Text that JSON and addresses can hold and PostgreSQL cannot: the character U+0000, and what is no Unicode.</summary>
public static class UnstorableText
{
    /// <summary>Whether the database refused a text for its characters.</summary>
    public static bool IsReason(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }
        || (failure.InnerException is { } inner && IsReason(inner));
}
