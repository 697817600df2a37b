using System.Buffers.Text;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Lists of CPUs as the kernel writes them: "0-3,8,10-11".</summary>
internal static class CpuList
{
    /// <summary>How many CPUs a list names; 0 when it is empty or no list.</summary>
    public static int Count(ReadOnlySpan<byte> list)
    {
        var count = 0;
        list = list.TrimEnd("\n "u8);
        while (!list.IsEmpty)
        {
            if (!Utf8Parser.TryParse(list, out int first, out var used))
            {
                return 0;
            }

            list = list[used..];
            var last = first;
            if (!list.IsEmpty && list[0] == '-')
            {
                if (!Utf8Parser.TryParse(list[1..], out last, out used) || last < first)
                {
                    return 0;
                }

                list = list[(used + 1)..];
            }

            count += last - first + 1;
            if (!list.IsEmpty)
            {
                if (list[0] != ',')
                {
                    return 0;
                }

                list = list[1..];
            }
        }

        return count;
    }
}
