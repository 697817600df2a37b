using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Headroom.Fpga.Parsing.Onnx;

/// <summary>TensorProto: dims = 1, data_type = 2, float_data = 4, int32_data = 5, int64_data = 7, name = 8, raw_data = 9. Values are read only where a graph's shape depends on them.</summary>
internal sealed class OnnxTensor
{
    private const int MostRead = 64;
    private const int Float = 1, Int8 = 3, Int32 = 6, Int64 = 7, Double = 11;

    private ReadOnlyMemory<byte> _raw;
    private ReadOnlyMemory<byte> _floats;
    private readonly List<long> _wholes = [];
    private int _type;

    public string Name { get; private set; } = "";

    public IReadOnlyList<int> Shape { get; private set; } = [];

    public long Count => Shape.Aggregate(1L, (size, extent) => checked(size * extent));

    public static OnnxTensor Read(ProtoReader reader)
    {
        var tensor = new OnnxTensor();
        var shape = new List<long>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Wholes(shape, 16);
                    break;
                case 2:
                    tensor._type = (int)reader.Whole();
                    break;
                case 4:
                    tensor.KeepFloat(ref reader);
                    break;
                case 5 or 7 when tensor._wholes.Count < MostRead && shape.Count <= 1:
                    reader.Wholes(tensor._wholes, 1_000_000);
                    break;
                case 8:
                    tensor.Name = reader.Text();
                    break;
                case 9:
                    tensor._raw = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        tensor.Shape = [.. shape.Select(extent => checked((int)extent))];
        return tensor;
    }

    /// <summary>The first values; empty when the type is none of float, double, int8, int32, int64.</summary>
    public IReadOnlyList<double> Values()
    {
        if (_wholes.Count > 0)
        {
            return [.. _wholes.Take(MostRead).Select(value => (double)value)];
        }

        var data = (_raw.Length > 0 ? _raw : _floats).Span;
        var width = _type switch { Float or Int32 => 4, Int64 or Double => 8, Int8 => 1, _ => 0 };
        if (width == 0)
        {
            return [];
        }

        var values = new double[Math.Min(MostRead, data.Length / width)];
        for (var index = 0; index < values.Length; index++)
        {
            var at = data[(index * width)..];
            values[index] = _type switch
            {
                Float => BinaryPrimitives.ReadSingleLittleEndian(at),
                Double => BinaryPrimitives.ReadDoubleLittleEndian(at),
                Int32 => BinaryPrimitives.ReadInt32LittleEndian(at),
                Int64 => BinaryPrimitives.ReadInt64LittleEndian(at),
                _ => unchecked((sbyte)at[0]),
            };
        }

        return values;
    }

    private void KeepFloat(ref ProtoReader reader)
    {
        if (reader.IsPacked)
        {
            _floats = reader.Bytes();
            return;
        }

        var one = new float[] { reader.Single() };
        _floats = MemoryMarshal.AsBytes<float>(one).ToArray();
    }
}
