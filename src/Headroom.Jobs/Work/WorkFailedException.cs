namespace Headroom.Jobs.Work;

/// <summary>Work that cannot be done, with a message for the person who asked: what was expected, where, and what came.</summary>
public sealed class WorkFailedException : Exception
{
    public WorkFailedException(string message)
        : base(message)
    {
    }

    public WorkFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public WorkFailedException()
    {
    }
}
