using Headroom.Agent.Workloads.Discovery.Patterns;

namespace Headroom.Agent.Workloads.Discovery;

/// <summary>What the command line of a QEMU process tells of its machine.</summary>
/// <param name="Name">Value of <c>-name</c> (<c>guest=web,debug-threads=on</c> or plain).</param>
/// <param name="Uuid">Value of <c>-uuid</c>, or null.</param>
internal sealed record VirtualMachineProcess(string Name, string? Uuid)
{
    /// <summary>The machine of a process, or null when it is not QEMU or its machine has no name.</summary>
    public static VirtualMachineProcess? Of(KnownProcess process)
    {
        var program = process.Program;
        if (!program.StartsWith("qemu-system", StringComparison.Ordinal) && program is not ("qemu-kvm" or "kvm"))
        {
            return null;
        }

        return NameIn(After(process.Arguments, "-name")) is { Length: > 0 } name
            ? new VirtualMachineProcess(name, After(process.Arguments, "-uuid"))
            : null;
    }

    /// <summary>The attributes it adds to a machine that a cgroup told of, or to one of its own.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes(int pid)
    {
        yield return new(VirtualMachineIdentity.NameAttribute, Name);
        yield return new("process.pid", pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Uuid is not null)
        {
            yield return new("vm.uuid", Uuid);
        }
    }

    private static string? After(string[] arguments, string option)
    {
        var at = Array.IndexOf(arguments, option);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }

    private static string? NameIn(string? value)
    {
        var parts = value?.Split(',') ?? [];
        return parts.FirstOrDefault(part => part.StartsWith("guest=", StringComparison.Ordinal))?["guest=".Length..]
            ?? parts.FirstOrDefault(part => !part.Contains('=', StringComparison.Ordinal));
    }
}
