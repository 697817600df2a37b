using System.Buffers.Binary;
using Headroom.Telemetry.Wire;
using Microsoft.Win32.SafeHandles;

namespace Headroom.Agent.Spool;

/// <summary>
/// Keeps the state in a file of two slots that is written whole when it is made, so that it can be updated on a full disk. The
/// slot of the last flushed save is never written over: whenever the machine dies, one slot is whole.
/// </summary>
internal sealed class SpoolStateFile : IDisposable
{
    private const int SlotBytes = 64 * 1024;
    private const int SlotHeaderBytes = 16;

    private readonly SafeFileHandle _file;
    private readonly WireWriter _slot = new();
    private long _generation;
    private int _flushedSlot;

    private SpoolStateFile(SafeFileHandle file) => _file = file;

    /// <summary>The state that was saved last, or null when there is none that is whole.</summary>
    public SpoolState? Saved { get; private set; }

    /// <exception cref="IOException">The file cannot be made or read, or another agent has it open.</exception>
    public static SpoolStateFile Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var state = new SpoolStateFile(file);
            if (RandomAccess.GetLength(file) < 2 * SlotBytes)
            {
                RandomAccess.Write(file, new byte[2 * SlotBytes], 0);
                RandomAccess.FlushToDisk(file);
            }

            state.Load();
            return state;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Saves the state. Unflushed it survives the death of the agent, flushed that of the machine.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Save(SpoolState state, bool flush)
    {
        _slot.Clear();
        _slot.Take(SlotHeaderBytes).Clear();
        state.Write(_slot);
        if (_slot.Length > SlotBytes)
        {
            throw new InvalidOperationException($"expected a state of at most {SlotBytes} bytes, got {_slot.Length}");
        }

        var bytes = _slot.Written;
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ++_generation);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Checksum(bytes));
        var slot = 1 - _flushedSlot;
        RandomAccess.Write(_file, bytes, slot * SlotBytes);
        if (flush)
        {
            RandomAccess.FlushToDisk(_file);
            _flushedSlot = slot;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Load()
    {
        var bytes = new byte[SlotBytes];
        for (var slot = 0; slot < 2; slot++)
        {
            RandomAccess.Read(_file, bytes, slot * SlotBytes);
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
            if (length is < SlotHeaderBytes or > SlotBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)) != Checksum(bytes.AsSpan(0, length)))
            {
                continue;
            }

            var generation = BinaryPrimitives.ReadInt64LittleEndian(bytes);
            if (generation > _generation)
            {
                var reader = new WireReader(bytes.AsSpan(SlotHeaderBytes, length - SlotHeaderBytes));
                Saved = SpoolState.Read(ref reader);
                _generation = generation;
                _flushedSlot = slot;
            }
        }
    }

    private static uint Checksum(ReadOnlySpan<byte> slot)
    {
        Span<byte> head = stackalloc byte[12];
        slot[..12].CopyTo(head);
        return FrameBatchCodec.Checksum(head) ^ FrameBatchCodec.Checksum(slot[SlotHeaderBytes..]);
    }
}
