using System.Runtime.InteropServices;

namespace Headroom.MemoryPlacement.Tiers;

/// <summary>A buffer outside the managed heap whose every page was touched by the thread that made it, so that it lies where that thread's policy says.</summary>
internal sealed unsafe class NativeWords : IDisposable
{
    private readonly ulong* _words;
    private readonly int _count;

    public NativeWords(int count)
    {
        _words = (ulong*)NativeMemory.Alloc((nuint)count, sizeof(ulong));
        _count = count;
        Span.Fill(1);
    }

    public Span<ulong> Span => new(_words, _count);

    public void Dispose() => NativeMemory.Free(_words);
}
