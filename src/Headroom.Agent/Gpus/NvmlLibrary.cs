using System.Runtime.InteropServices;
using System.Text;

namespace Headroom.Agent.Gpus;

/// <summary>
/// NVIDIA's management library, called through its C exports. Every export is optional: one that the installed driver does not
/// have answers <see cref="NvmlReturn.FunctionNotFound"/>, like any other call that has no value to give.
/// </summary>
internal sealed unsafe class NvmlLibrary
{
    private readonly nint _library;
    private readonly Dictionary<string, nint> _exports = [];

    private NvmlLibrary(nint library) => _library = library;

    /// <summary>Loads and starts the library.</summary>
    /// <param name="name">File name or path, normally <c>libnvidia-ml.so.1</c>.</param>
    /// <param name="reason">Why it could not be, in one sentence.</param>
    public static NvmlLibrary? TryStart(string name, out string reason)
    {
        if (!NativeLibrary.TryLoad(name, out var handle))
        {
            reason = $"{name} cannot be loaded: there is no NVIDIA driver on this machine";
            return null;
        }

        var library = new NvmlLibrary(handle);
        var start = (delegate* unmanaged<int>)library.Export("nvmlInit_v2");
        var result = start == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)start();
        reason = result == NvmlReturn.Success ? "" : $"nvmlInit_v2 of {name} answered {result}";
        return result == NvmlReturn.Success ? library : null;
    }

    /// <summary>Calls <c>function(out uint)</c>.</summary>
    public NvmlReturn GetCount(string function, out uint value)
    {
        value = 0;
        var call = (delegate* unmanaged<uint*, int>)Export(function);
        fixed (uint* pointer = &value)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(pointer);
        }
    }

    /// <summary>Calls <c>function(index, out handle)</c>.</summary>
    public NvmlReturn GetHandle(string function, uint index, out nint handle)
    {
        handle = 0;
        var call = (delegate* unmanaged<uint, nint*, int>)Export(function);
        fixed (nint* pointer = &handle)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(index, pointer);
        }
    }

    /// <summary>Calls <c>function(out handle)</c>.</summary>
    public NvmlReturn GetHandle(string function, out nint handle)
    {
        handle = 0;
        var call = (delegate* unmanaged<nint*, int>)Export(function);
        fixed (nint* pointer = &handle)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(pointer);
        }
    }

    /// <summary>Calls <c>function(device, out T)</c>, where T is a number or the struct that the function fills.</summary>
    public NvmlReturn Get<T>(string function, nint device, ref T value)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, T*, int>)Export(function);
        fixed (T* pointer = &value)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, pointer);
        }
    }

    /// <summary>Calls <c>function(device, argument, out T)</c>.</summary>
    public NvmlReturn Get<T>(string function, nint device, uint argument, ref T value)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, uint, T*, int>)Export(function);
        fixed (T* pointer = &value)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, argument, pointer);
        }
    }

    /// <summary>Calls <c>function(device, first, second, out ulong)</c>.</summary>
    public NvmlReturn Get(string function, nint device, uint first, uint second, out ulong value)
    {
        value = 0;
        var call = (delegate* unmanaged<nint, uint, uint, ulong*, int>)Export(function);
        fixed (ulong* pointer = &value)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, first, second, pointer);
        }
    }

    /// <summary>Calls <c>function(device, out uint, out uint)</c>.</summary>
    public NvmlReturn GetPair(string function, nint device, out uint first, out uint second)
    {
        (first, second) = (0, 0);
        var call = (delegate* unmanaged<nint, uint*, uint*, int>)Export(function);
        fixed (uint* firstPointer = &first, secondPointer = &second)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, firstPointer, secondPointer);
        }
    }

    /// <summary>Calls <c>function(device, out uint, out uint, out uint, out uint)</c>.</summary>
    public NvmlReturn GetFour(string function, nint device, Span<uint> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, 4);
        var call = (delegate* unmanaged<nint, uint*, uint*, uint*, uint*, int>)Export(function);
        fixed (uint* pointer = values)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, pointer, pointer + 1, pointer + 2, pointer + 3);
        }
    }

    /// <summary>Calls <c>function(device, char*, length)</c>; null when it has no text.</summary>
    public string? Text(string function, nint device)
    {
        Span<byte> text = stackalloc byte[96];
        var call = (delegate* unmanaged<nint, byte*, uint, int>)Export(function);
        fixed (byte* pointer = text)
        {
            return call != null && call(device, pointer, (uint)text.Length) == 0 ? UntilZero(text) : null;
        }
    }

    /// <summary>Calls <c>function(char*, length)</c>; null when it has no text.</summary>
    public string? Text(string function)
    {
        Span<byte> text = stackalloc byte[96];
        var call = (delegate* unmanaged<byte*, uint, int>)Export(function);
        fixed (byte* pointer = text)
        {
            return call != null && call(pointer, (uint)text.Length) == 0 ? UntilZero(text) : null;
        }
    }

    /// <summary>Calls <c>function(device, ref count, T*)</c>; what was filled is the first <paramref name="count"/> of the rows.</summary>
    public NvmlReturn List<T>(string function, nint device, ref uint count, Span<T> rows)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, uint*, T*, int>)Export(function);
        fixed (uint* countPointer = &count)
        fixed (T* pointer = rows)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, countPointer, pointer);
        }
    }

    /// <summary>Calls <c>function(device, T*, ref count, since)</c>.</summary>
    public NvmlReturn List<T>(string function, nint device, Span<T> rows, ref uint count, ulong since)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, T*, uint*, ulong, int>)Export(function);
        fixed (uint* countPointer = &count)
        fixed (T* pointer = rows)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, pointer, countPointer, since);
        }
    }

    /// <summary>Calls <c>function(device, count, T*)</c>, which fills the rows in place.</summary>
    public NvmlReturn Fill<T>(string function, nint device, Span<T> rows)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, int, T*, int>)Export(function);
        fixed (T* pointer = rows)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, rows.Length, pointer);
        }
    }

    /// <summary>Calls <c>function(void*)</c> on a struct that the caller laid out.</summary>
    public NvmlReturn Call(string function, Span<byte> argument)
    {
        var call = (delegate* unmanaged<byte*, int>)Export(function);
        fixed (byte* pointer = argument)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(pointer);
        }
    }

    /// <summary>Calls <c>function(first, second)</c> with two handles.</summary>
    public NvmlReturn Call(string function, nint first, nint second)
    {
        var call = (delegate* unmanaged<nint, nint, int>)Export(function);
        return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(first, second);
    }

    /// <summary>Calls <c>function(device, events, set)</c>.</summary>
    public NvmlReturn Register(string function, nint device, ulong events, nint set)
    {
        var call = (delegate* unmanaged<nint, ulong, nint, int>)Export(function);
        return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(device, events, set);
    }

    /// <summary>Calls <c>function(set, T*, milliseconds)</c>.</summary>
    public NvmlReturn Wait<T>(string function, nint set, ref T data, uint milliseconds)
        where T : unmanaged
    {
        var call = (delegate* unmanaged<nint, T*, uint, int>)Export(function);
        fixed (T* pointer = &data)
        {
            return call == null ? NvmlReturn.FunctionNotFound : (NvmlReturn)call(set, pointer, milliseconds);
        }
    }

    private static string UntilZero(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private nint Export(string function)
    {
        ref var address = ref CollectionsMarshal.GetValueRefOrAddDefault(_exports, function, out var known);
        if (!known)
        {
            NativeLibrary.TryGetExport(_library, function, out address);
        }

        return address;
    }
}
