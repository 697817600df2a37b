namespace Headroom.Learning.Torch;

/// <summary>Neural models cannot run on this machine; the message says why and what would help.</summary>
public sealed class LearningUnavailableException : Exception
{
    public LearningUnavailableException(string reason, Exception? inner = null)
        : base($"learning unavailable: {reason}", inner)
    {
    }
}
