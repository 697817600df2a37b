using System.Buffers.Text;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Lists of CPUs as the kernel writes them: "0-3,8,10-11".</summary>
internal static class CpuList
{
    /// <summary>How many CPUs a list names; 0 when it is empty or no list.</summary>
    public static int Count(ReadOnlySpan<byte> list)
    {
        var count = 0;
        while (TryReadRange(ref list, out var first, out var last))
        {
            count += last - first + 1;
        }

        return list.IsEmpty ? count : 0;
    }

    /// <summary>Adds the CPUs a list names.</summary>
    public static void Parse(ReadOnlySpan<byte> list, ICollection<int> cpus)
    {
        while (TryReadRange(ref list, out var first, out var last))
        {
            for (var cpu = first; cpu <= last; cpu++)
            {
                cpus.Add(cpu);
            }
        }
    }

    /// <summary>Takes one range off the front; false at the end, which leaves nothing, or at what is no range, which stays.</summary>
    private static bool TryReadRange(ref ReadOnlySpan<byte> list, out int first, out int last)
    {
        first = last = 0;
        list = list.Trim(" \n"u8);
        if (!Utf8Parser.TryParse(list, out first, out var used) || first < 0)
        {
            return false;
        }

        var rest = list[used..];
        last = first;
        if (!rest.IsEmpty && rest[0] == '-')
        {
            if (!Utf8Parser.TryParse(rest[1..], out last, out used) || last < first)
            {
                return false;
            }

            rest = rest[(used + 1)..];
        }

        if (!rest.IsEmpty && rest[0] != ',')
        {
            return false;
        }

        list = rest.IsEmpty ? rest : rest[1..];
        return true;
    }
}
