using System.IO.Compression;
using Headroom.Learning.ModelFiles;

namespace Headroom.Learning.Tests.ModelFiles;

/// <summary>Model files that somebody made by hand.</summary>
public sealed class ModelFileTests
{
    private const int Mebibyte = 1 << 20;

    [Fact]
    public void A_file_whose_parts_together_unpack_to_more_than_the_bound_is_refused_with_the_part()
    {
        using var bomb = Zip(("card.json", Mebibyte), ("weights", (int)ModelFile.MostBytes));
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(bomb, "bomb"));
        Assert.Equal($"bomb, weights: expected at most {ModelFile.MostBytes - Mebibyte} bytes unpacked, got {ModelFile.MostBytes}.", error.Message);
    }

    [Fact]
    public void Two_parts_of_one_name_are_refused_with_the_name()
    {
        using var twice = Zip(("card.json", 2), ("weights", 1), ("weights", 2));
        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Read(twice, "twice"));
        Assert.Equal("twice: expected every part once, got two parts named 'weights'.", error.Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(2_000)]
    public void A_part_that_is_not_as_large_as_the_archive_states_is_refused(int stated)
    {
        using var file = Zip(("weights", 1_000));
        var bytes = file.ToArray();
        var directory = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(directory + 24), stated);
        Assert.Throws<InvalidDataException>(() => ModelFile.Read(new MemoryStream(bytes), "liar"));
    }

    private static MemoryStream Zip(params (string Name, int Bytes)[] parts)
    {
        var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                for (var written = 0; written < bytes; written += Mebibyte)
                {
                    stream.Write(new byte[Math.Min(Mebibyte, bytes - written)]);
                }
            }
        }

        file.Position = 0;
        return file;
    }
}
