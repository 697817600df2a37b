namespace Headroom.Agent.Spool.Retention;

/// <summary>Every policy, one line each.</summary>
internal static class RetentionTable
{
    public static IReadOnlyList<IRetentionPolicy> All { get; } = [new DropOldest(), new ThinToTenSeconds()];

    public static IRetentionPolicy? Find(string name) => All.FirstOrDefault(policy => policy.Name == name);
}
