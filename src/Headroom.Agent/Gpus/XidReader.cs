using Headroom.Agent.Collecting;

namespace Headroom.Agent.Gpus;

/// <summary>The number of the last critical driver error (XID) of a GPU; 0 while there was none since the agent started.</summary>
internal sealed class XidReader(GpuDevice device) : IGpuReader
{
    private const string CreateCall = "nvmlEventSetCreate";
    private const string RegisterCall = "nvmlDeviceRegisterEvents";
    private const string WaitCall = "nvmlEventSetWait_v2";
    private const ulong CriticalError = 0x8;
    private const int MostEventsPerTick = 64;

    private readonly int _metric = device.Metric("hw.gpu.errors.xid");
    private nint _set;
    private bool _registered;
    private ulong _last;

    public void Read(GpuDevice device, CollectionContext context)
    {
        if (!TryRegister(device))
        {
            return;
        }

        for (var i = 0; i < MostEventsPerTick; i++)
        {
            var happened = default(NvmlEvent);
            var result = device.Library.Wait(WaitCall, _set, ref happened, 0);
            if (result == NvmlReturn.Timeout)
            {
                break;
            }

            if (!device.Succeeded(WaitCall, result))
            {
                return;
            }

            _last = happened.EventData;
        }

        device.Set(_metric, _last, 1);
    }

    private bool TryRegister(GpuDevice device)
    {
        if (_registered)
        {
            return true;
        }

        if (!device.Wants(CreateCall) || !device.Wants(RegisterCall))
        {
            return false;
        }

        if (_set == 0 && !device.Succeeded(CreateCall, device.Library.GetHandle(CreateCall, out _set)))
        {
            return false;
        }

        _registered = device.Succeeded(RegisterCall, device.Library.Register(RegisterCall, device.Handle, CriticalError, _set));
        return _registered;
    }
}
