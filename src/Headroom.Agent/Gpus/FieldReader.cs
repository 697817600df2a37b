using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;

namespace Headroom.Agent.Gpus;

/// <summary>
/// Values that NVML gives by number (nvml.h, NVML_FI_DEV_*), all in one call. Byte counters of PCIe and NVLink are used only
/// where the performance monitor gives no rate.
/// </summary>
internal sealed class FieldReader : IGpuReader
{
    private const string Call = "nvmlDeviceGetFieldValues";
    private const double WattsPerMilliwatt = 1e-3;
    private const double BytesPerKibibyte = 1024;

    /// <summary>"All links together" where a field is per link.</summary>
    private const uint AllLinks = uint.MaxValue;

    private readonly Field[] _fields;
    private readonly NvmlFieldValue[] _values;

    public FieldReader(GpuDevice device)
    {
        _fields =
        [
            new(82, 0, "MEMORY_TEMP", device.Metric("hw.gpu.temperature.memory"), 1),
            new(186, 0, "POWER_INSTANT", device.Metric("hw.gpu.power.instant"), WattsPerMilliwatt),
            new(29, 0, "RETIRED_SBE", device.Metric("hw.gpu.pages.retired.corrected"), 1),
            new(30, 0, "RETIRED_DBE", device.Metric("hw.gpu.pages.retired.uncorrected"), 1),
            new(38, 0, "NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL", device.Metric("hw.gpu.nvlink.errors.crc"), 1),
            new(52, 0, "NVLINK_REPLAY_ERROR_COUNT_TOTAL", device.Metric("hw.gpu.nvlink.errors.replay"), 1),
            new(59, 0, "NVLINK_RECOVERY_ERROR_COUNT_TOTAL", device.Metric("hw.gpu.nvlink.errors.recovery"), 1),
            new(197, 0, "PCIE_COUNT_TX_BYTES", device.Metric("hw.gpu.io.pcie.transmit"), 1, IsCounter: true),
            new(198, 0, "PCIE_COUNT_RX_BYTES", device.Metric("hw.gpu.io.pcie.receive"), 1, IsCounter: true),
            new(138, AllLinks, "NVLINK_THROUGHPUT_DATA_TX", device.Metric("hw.gpu.io.nvlink.transmit"), BytesPerKibibyte, IsCounter: true),
            new(139, AllLinks, "NVLINK_THROUGHPUT_DATA_RX", device.Metric("hw.gpu.io.nvlink.receive"), BytesPerKibibyte, IsCounter: true),
        ];
        _values = new NvmlFieldValue[_fields.Length];
    }

    private enum FieldType : uint
    {
        Double = 0,
        UInt32 = 1,
        UnsignedLong = 2,
        UInt64 = 3,
        Int64 = 4,
        Int32 = 5,
        UInt16 = 6,
    }

    public void Read(GpuDevice device, CollectionContext context)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            _values[i] = new NvmlFieldValue { Field = _fields[i].Id, Scope = _fields[i].Scope };
        }

        if (!device.Wants(Call) || !device.Succeeded(Call, device.Library.Fill<NvmlFieldValue>(Call, device.Handle, _values)))
        {
            return;
        }

        for (var i = 0; i < _fields.Length; i++)
        {
            if (device.Succeeded(_fields[i].Name, (NvmlReturn)_values[i].Result) && Number(_values[i]) is { } number)
            {
                Set(device, _fields[i], number);
            }
        }
    }

    private static void Set(GpuDevice device, Field field, double number)
    {
        // The reader of the performance monitor runs first; its rate is of the same bytes.
        if (field.IsCounter && device.Entity.Has(field.Metric))
        {
            return;
        }

        if (number >= 0 && (field.IsCounter || device.Entities.IsRate(EntityKind.Gpu, field.Metric)))
        {
            device.Entity.SetRate(field.Metric, (ulong)number, field.Scale);
        }
        else if (number >= 0)
        {
            device.Entity.Set(field.Metric, number * field.Scale);
        }
    }

    private static double? Number(NvmlFieldValue value) => (FieldType)value.ValueType switch
    {
        FieldType.Double when !DriverSentinel.IsSentinel(BitConverter.UInt64BitsToDouble(value.Bits)) => BitConverter.UInt64BitsToDouble(value.Bits),
        FieldType.UInt32 when !DriverSentinel.IsSentinel((uint)value.Bits) => (uint)value.Bits,
        FieldType.UnsignedLong or FieldType.UInt64 when !DriverSentinel.IsSentinel(value.Bits) => value.Bits,
        FieldType.Int64 when !DriverSentinel.IsSentinel(value.Bits) => (long)value.Bits,
        FieldType.Int32 when !DriverSentinel.IsSentinel((uint)value.Bits) => (int)value.Bits,
        FieldType.UInt16 => (ushort)value.Bits,
        _ => null,
    };

    private sealed record Field(uint Id, uint Scope, string Name, int Metric, double Scale, bool IsCounter = false);
}
