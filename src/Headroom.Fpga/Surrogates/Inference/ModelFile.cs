using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Headroom.Fpga.Surrogates.Champion;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>
/// A trained model as one file: eight bytes of magic, the length and text of its card (JSON), the parameters (Brotli). The card holds the checksum
/// of the parameters.
/// </summary>
public static class ModelFile
{
    private const int MaximumCardBytes = 1 << 20;
    private const int MaximumParameterBytes = 512 << 20;

    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("HRFPGA1\n");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes a model; returns its predictor with the checksum filled in.</summary>
    public static ChampionPredictor Write(Stream output, FittedChampion champion, ModelCard card)
    {
        var parameters = ChampionFormat.Write(champion);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(parameters));
        card = card with { Checksum = checksum, Id = $"{card.Id}-{checksum[..8]}", Features = DesignFeatures.Names };
        var text = JsonSerializer.SerializeToUtf8Bytes(card, Json);
        output.Write(Magic);
        output.Write(BitConverter.GetBytes(text.Length));
        output.Write(text);
        using var packed = new BrotliStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
        packed.Write(parameters);
        return new ChampionPredictor(champion, card);
    }

    public static ChampionPredictor Read(string path)
    {
        using var file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <exception cref="InvalidDataException">The file is not a model, is damaged, or is of another version; the message says which.</exception>
    public static ChampionPredictor Read(Stream input, string name)
    {
        var card = ReadCard(input, name);
        var parameters = Unpacked(input, name);
        return Convert.ToHexStringLower(SHA256.HashData(parameters)) == card.Checksum
            ? new ChampionPredictor(ChampionFormat.Read(parameters), card)
            : throw new InvalidDataException($"{name}: the checksum of the parameters is not the one on the card; the file is damaged.");
    }

    private static ModelCard ReadCard(Stream input, string name)
    {
        var head = new byte[Magic.Length + sizeof(int)];
        if (input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new InvalidDataException($"{name}: expected an FPGA model file of headroom train fpga.");
        }

        var length = BitConverter.ToInt32(head, Magic.Length);
        if (length is <= 0 or > MaximumCardBytes)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}: the card is said to have {length} bytes, at most {MaximumCardBytes} are expected."));
        }

        var text = new byte[length];
        ModelCard? card;
        try
        {
            input.ReadExactly(text);
            card = JsonSerializer.Deserialize<ModelCard>(text, Json);
        }
        catch (Exception error) when (error is JsonException or EndOfStreamException)
        {
            throw new InvalidDataException($"{name}: the card cannot be read: {error.Message}", error);
        }

        if (card is null || card.Schema != ModelCard.CurrentSchema || !card.Features.SequenceEqual(DesignFeatures.Names))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{name}: expected schema {ModelCard.CurrentSchema} with {DesignFeatures.Names.Count} features, found schema {card?.Schema} with {card?.Features.Count}; train it again."));
        }

        return card;
    }

    private static byte[] Unpacked(Stream input, string name)
    {
        using var packed = new BrotliStream(input, CompressionMode.Decompress, leaveOpen: true);
        using var parameters = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            int read;
            while ((read = packed.Read(buffer)) > 0)
            {
                if (parameters.Length + read > MaximumParameterBytes)
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name}: more than {MaximumParameterBytes} bytes of parameters."));
                }

                parameters.Write(buffer, 0, read);
            }
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidDataException($"{name}: the parameters cannot be unpacked; the file is damaged.", error);
        }

        return parameters.ToArray();
    }
}
