using System.Text;
using Headroom.Agent.Files;

namespace Headroom.Agent.Workloads.Cgroups;

/// <summary>Chosen numbers of a file of "key value" lines, such as <c>memory.stat</c>.</summary>
internal sealed class KeyedValues(KernelFile file, params string[] keys) : IDisposable
{
    private readonly byte[][] _keys = [.. keys.Select(Encoding.UTF8.GetBytes)];
    private readonly ulong[] _values = new ulong[keys.Length];
    private readonly bool[] _present = new bool[keys.Length];

    /// <summary>Reads the file; false when it is not there.</summary>
    public bool Read()
    {
        Array.Clear(_present);
        if (!file.TryRead(out var content))
        {
            return false;
        }

        var lines = new Lines(content);
        while (lines.TryRead(out var line))
        {
            var space = line.IndexOf((byte)' ');
            var index = space > 0 ? IndexOf(line[..space]) : -1;
            if (index >= 0)
            {
                _present[index] = new Fields(line[space..]).TryReadUnsigned(out _values[index]);
            }
        }

        return true;
    }

    /// <summary>The value of the key at a place in the list of keys; false when the kernel does not tell it.</summary>
    public bool TryGet(int index, out ulong value)
    {
        value = _values[index];
        return _present[index];
    }

    public void Dispose() => file.Dispose();

    private int IndexOf(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (key.SequenceEqual(_keys[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
