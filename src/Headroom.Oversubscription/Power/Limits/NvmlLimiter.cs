using System.Globalization;
using System.Runtime.InteropServices;

namespace Headroom.Oversubscription.Power.Limits;

/// <summary>Locks the SM clock of every NVIDIA GPU through the driver's management library, as POLCA does. Only root may.</summary>
public sealed class NvmlLimiter : IPowerLimiter
{
    /// <summary>The driver's library.</summary>
    public const string DefaultLibrary = "libnvidia-ml.so.1";

    private const int SmClock = 1;

    private readonly nint _library;
    private readonly IReadOnlyList<Gpu> _gpus;
    private bool _touched;

    private NvmlLimiter(nint library, IReadOnlyList<Gpu> gpus) => (_library, _gpus) = (library, gpus);

    private delegate int Plain();

    private delegate int Count(out uint count);

    private delegate int Handle(uint index, out nint device);

    private delegate int MaxClock(nint device, int type, out uint mhz);

    private delegate int Lock(nint device, uint least, uint most);

    private delegate int Reset(nint device);

    public string Name => "nvml";

    /// <summary>Finds the GPUs; null where there is no driver or no GPU.</summary>
    /// <param name="library">File name or path of the library.</param>
    /// <param name="reason">Why there is none, in a sentence.</param>
    public static NvmlLimiter? TryOpen(string library, out string reason)
    {
        if (!NativeLibrary.TryLoad(library, out var handle))
        {
            reason = $"{library} cannot be loaded: there is no NVIDIA driver on this machine";
            return null;
        }

        if (Call<Plain>(handle, "nvmlInit_v2") is not { } start || start() != 0)
        {
            reason = $"{library} does not start";
            NativeLibrary.Free(handle);
            return null;
        }

        var gpus = Find(handle).ToArray();
        reason = gpus.Length > 0 ? "" : "the NVIDIA driver shows no GPU";
        if (gpus.Length > 0)
        {
            return new NvmlLimiter(handle, gpus);
        }

        Call<Plain>(handle, "nvmlShutdown")?.Invoke();
        NativeLibrary.Free(handle);
        return null;
    }

    public string Apply(double clockRatio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRatio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clockRatio, 1);
        _touched = true;
        return string.Join("; ", _gpus.Select(gpu => clockRatio < 1 ? LockAt(gpu, (uint)Math.Round(gpu.MaxMhz * clockRatio)) : Free(gpu)));
    }

    public void Dispose()
    {
        if (_touched)
        {
            foreach (var gpu in _gpus)
            {
                Free(gpu);
            }
        }

        Call<Plain>(_library, "nvmlShutdown")?.Invoke();
        NativeLibrary.Free(_library);
    }

    private static IEnumerable<Gpu> Find(nint library)
    {
        if (Call<Count>(library, "nvmlDeviceGetCount_v2") is not { } read || read(out var count) != 0
            || Call<Handle>(library, "nvmlDeviceGetHandleByIndex_v2") is not { } find || Call<MaxClock>(library, "nvmlDeviceGetMaxClockInfo") is not { } clock)
        {
            yield break;
        }

        for (var index = 0u; index < count; index++)
        {
            if (find(index, out var device) == 0 && clock(device, SmClock, out var mhz) == 0 && mhz > 0)
            {
                yield return new Gpu(index, device, mhz);
            }
        }
    }

    private string LockAt(Gpu gpu, uint mhz)
    {
        var answer = Call<Lock>(_library, "nvmlDeviceSetGpuLockedClocks")?.Invoke(gpu.Device, 0, mhz);
        return answer == 0
            ? string.Create(CultureInfo.InvariantCulture, $"gpu {gpu.Index} locked to at most {mhz} MHz")
            : string.Create(CultureInfo.InvariantCulture, $"gpu {gpu.Index} not locked: {Reason("nvmlDeviceSetGpuLockedClocks", answer)}");
    }

    private string Free(Gpu gpu)
    {
        var answer = Call<Reset>(_library, "nvmlDeviceResetGpuLockedClocks")?.Invoke(gpu.Device);
        return answer == 0
            ? string.Create(CultureInfo.InvariantCulture, $"gpu {gpu.Index} free")
            : string.Create(CultureInfo.InvariantCulture, $"gpu {gpu.Index} not freed: {Reason("nvmlDeviceResetGpuLockedClocks", answer)}");
    }

    private static string Reason(string function, int? answer) => answer switch
    {
        null => $"the driver has no {function}",
        3 => "the GPU does not support it",
        4 => "only root may",
        _ => string.Create(CultureInfo.InvariantCulture, $"{function} answered {answer}"),
    };

    private static T? Call<T>(nint library, string function)
        where T : Delegate => NativeLibrary.TryGetExport(library, function, out var export) ? Marshal.GetDelegateForFunctionPointer<T>(export) : null;

    private sealed record Gpu(uint Index, nint Device, uint MaxMhz);
}
