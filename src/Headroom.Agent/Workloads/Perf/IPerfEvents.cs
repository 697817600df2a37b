namespace Headroom.Agent.Workloads.Perf;

/// <summary>The kernel's performance events.</summary>
internal interface IPerfEvents
{
    /// <summary>Opens a counter on a thread (any CPU) or, when <paramref name="cgroup"/> is set, on a cgroup on one CPU.</summary>
    /// <param name="attribute">What to count.</param>
    /// <param name="target">Thread id, 0 for the caller, or descriptor of the cgroup's folder.</param>
    /// <param name="cpu">The CPU, -1 for all (threads only).</param>
    /// <param name="groupLeader">Descriptor of the group's first counter, -1 for a new group.</param>
    /// <param name="cgroup">Whether the target is a cgroup.</param>
    /// <returns>A descriptor, or the negated error number.</returns>
    int Open(in PerfEventAttribute attribute, int target, int cpu, int groupLeader, bool cgroup);

    /// <summary>Reads a counter or a whole group as 64-bit numbers; returns how many, 0 when the read failed.</summary>
    int Read(int descriptor, Span<ulong> values);

    /// <summary>Opens the folder of a cgroup; negative when it is not there.</summary>
    int OpenFolder(string path);

    void Close(int descriptor);
}

/// <summary>Error numbers that tell why a counter is not there.</summary>
internal static class PerfErrors
{
    public const int NotPermitted = 1;
    public const int NoSuchProcess = 3;
    public const int AccessDenied = 13;
    public const int InvalidArgument = 22;
    public const int TooManyDescriptors = 24;
    public const int NotImplemented = 38;

    public static bool IsPermission(int result) => -result is NotPermitted or AccessDenied;
}
