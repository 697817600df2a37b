namespace Headroom.Oversubscription.Power.Polca;

/// <summary>Every policy, weakest first.</summary>
public static class PowerPolicies
{
    public static IReadOnlyList<IPowerPolicy> All { get; } = [new NoCap(), new OneThreshold(), new TwoThresholds(), new PolcaPolicy(), new PredictivePolicy()];

    /// <exception cref="ArgumentException">No policy has that name; the message lists those there are.</exception>
    public static IPowerPolicy Named(string name) => All.FirstOrDefault(policy => policy.Name == name)
        ?? throw new ArgumentException($"expected one of the policies {string.Join(", ", All.Select(policy => policy.Name))}, got '{name}'", nameof(name));
}
