using System.Text;

namespace Headroom.Fpga.Parsing.Keras;

/// <summary>A Keras <c>.h5</c> file: the description is the attribute <c>model_config</c> of its root; weights are not read.</summary>
internal sealed class KerasHdf5 : INetworkFormat
{
    private const string Attribute = "model_config";

    public string Name => "Keras .h5";

    public bool Accepts(ModelFileContent file) => file.Bytes.Span.StartsWith(Hdf5RootText.Signature);

    public ParsedNetwork Read(ModelFileContent file, NetworkLimits limits)
    {
        using var json = ModelFileContent.ParseJson(Encoding.UTF8.GetBytes(Description(file)), $"{file.Name}, {Attribute}", limits);
        return new ParsedNetwork(KerasModel.Read(json.RootElement, file.NetworkName, limits), Name);
    }

    private static string Description(ModelFileContent file)
    {
        try
        {
            return Hdf5RootText.Read(file.Bytes.Span, Attribute)
                ?? throw new NetworkFormatException($"{file.Name}: expected the attribute {Attribute} of a whole Keras model; the file holds weights only. Save it with model.save(…).");
        }
        catch (InvalidDataException damaged)
        {
            throw new NetworkFormatException($"{file.Name}: expected an HDF5 file with a Keras model, but found {damaged.Message}", damaged);
        }
    }
}
