using Headroom.Oversubscription.Power.Limits;
using Headroom.Oversubscription.Power.Polca;
using Microsoft.Extensions.Options;

namespace Headroom.Jobs.Power;

/// <summary>
/// Writes what the power policy decides to the hardware of the server's own machine, when the operator allows it (<see cref="PowerOptions.WriteLimits"/>); says that it is a dry
/// run when not. Disposing gives the hardware back the limits that were found.
/// </summary>
public sealed class HostLimits : IDisposable
{
    private readonly IReadOnlyList<IPowerLimiter> _limiters;
    private readonly bool _isLow;

    public HostLimits(IOptions<PowerOptions> options)
    {
        var settings = options.Value;
        _isLow = settings.HostPriority == PowerOptions.LowPriority;
        if (!settings.WriteLimits)
        {
            (_limiters, Mode) = ([], "a dry run: it says what it would cap and sets nothing on any machine");
            return;
        }

        var rapl = RaplLimiter.TryOpen(settings.PowercapFolder, out var noRapl);
        var nvml = NvmlLimiter.TryOpen(settings.NvmlLibrary, out var noNvml);
        _limiters = [.. new IPowerLimiter?[] { rapl, nvml }.OfType<IPowerLimiter>()];
        Mode = _limiters.Count > 0
            ? $"it limits the server's own machine ({settings.HostPriority} priority) through {string.Join(" and ", _limiters.Select(limiter => limiter.Name))}; other machines are not touched"
            : $"it may write limits, but has nothing to write to: {noRapl}; {noNvml}";
    }

    /// <summary>Whether and where limits are written, in a sentence.</summary>
    public string Mode { get; }

    /// <summary>Sets this machine to a plan; returns what was written, or null in a dry run.</summary>
    public string? Apply(ClockPlan plan, PolcaSettings settings)
    {
        var mhz = plan.Brake ? settings.BrakeMhz : _isLow ? plan.LowMhz : plan.HighMhz;
        return _limiters.Count == 0 ? null : string.Join("; ", _limiters.Select(limiter => limiter.Apply(mhz / (double)settings.MaxMhz)));
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters)
        {
            limiter.Dispose();
        }
    }
}
