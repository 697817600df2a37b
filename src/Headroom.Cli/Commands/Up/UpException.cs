namespace Headroom.Cli.Commands.Up;

/// <summary>A reason why <c>up</c> cannot go on, as one sentence for the person who typed it.</summary>
internal sealed class UpException(string message) : Exception(message);
