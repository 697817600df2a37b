namespace Headroom.Calibration.Campaigns;

/// <summary>A campaign that cannot go on, with a sentence for the person who started it.</summary>
public sealed class CampaignException : Exception
{
    public CampaignException(string message)
        : base(message)
    {
    }

    public CampaignException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public CampaignException()
    {
    }
}
