using System.Globalization;
using System.Text;
using PureHDF;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>A Keras <c>.h5</c> file: the description is the attribute <c>model_config</c> of its root; weights are not read.</summary>
internal sealed class KerasHdf5 : INetworkFormat
{
    private const string Attribute = "model_config";
    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0d, 0x0a, 0x1a, 0x0a];

    public string Name => "Keras .h5";

    public bool Accepts(ModelFileContent file) => file.Bytes.Span.StartsWith(Signature);

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        using var json = ModelFileContent.ParseJson(Encoding.UTF8.GetBytes(Description(file, limits)), $"{file.Name}, {Attribute}", limits);
        return new ParsedNetwork(KerasModel.Read(json.RootElement, file.NetworkName, limits), Name);
    }

    private static string Description(ModelFileContent file, NetworkLimits limits)
    {
        try
        {
            using var input = new MemoryStream(file.Bytes.ToArray(), writable: false);
            using var hdf = H5File.Open(input, leaveOpen: true);
            if (!hdf.AttributeExists(Attribute))
            {
                throw new NetworkFormatException($"{file.Name}: expected the attribute {Attribute} of a whole Keras model; the file holds weights only. Save it with model.save(…).");
            }

            var attribute = hdf.Attribute(Attribute);
            var elements = attribute.Space.Dimensions.Aggregate(1UL, (size, extent) => checked(size * extent));
            if (elements != 1 || attribute.Type.Size > limits.DescriptionBytes)
            {
                throw new NetworkFormatException(string.Create(CultureInfo.InvariantCulture,
                    $"{file.Name}: expected {Attribute} as one text of at most {limits.DescriptionBytes} bytes, got {elements} of {attribute.Type.Size} bytes."));
            }

            return attribute.Read<string>() ?? throw new NetworkFormatException($"{file.Name}: {Attribute} is empty.");
        }
        catch (NetworkFormatException)
        {
            throw;
        }
#pragma warning disable CA1031 // A library reads bytes of a stranger: whatever it throws, the file is what is wrong.
        catch (Exception damaged)
#pragma warning restore CA1031
        {
            throw new NetworkFormatException($"{file.Name}: expected an HDF5 file, but it is damaged: {damaged.Message}", damaged);
        }
    }
}
