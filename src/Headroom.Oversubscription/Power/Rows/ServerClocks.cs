namespace Headroom.Oversubscription.Power.Rows;

/// <summary>Speeds and powers of all servers of one priority at one clock, worked out once per command.</summary>
internal sealed class ServerClocks
{
    private readonly double _wattsPerShare;
    private readonly double _wattsAtNone;

    public ServerClocks(RowLoad load, ServerModel model, double clockRatio)
    {
        PromptSpeed = 1 / ServerModel.Slowdown(model.PromptSensitivity, clockRatio);
        TokenSlowdown = ServerModel.Slowdown(model.TokenSensitivity, clockRatio);
        IdleWatts = model.IdleWatts;
        TokenWatts = model.Watts(load.Profile.TokenShare, clockRatio);
        _wattsPerShare = model.Watts(1, clockRatio) - model.IdleWatts;
        _wattsPerShare /= 1 - model.IdleShare;
        _wattsAtNone = model.IdleWatts - (_wattsPerShare * model.IdleShare);
    }

    public double PromptSpeed { get; }

    public double TokenSlowdown { get; }

    public double IdleWatts { get; }

    public double TokenWatts { get; }

    /// <summary>Power while a prompt is read; prompts draw more than idle, so the straight line holds.</summary>
    public double PromptWatts(double gpuShare) => _wattsAtNone + (_wattsPerShare * gpuShare);
}
