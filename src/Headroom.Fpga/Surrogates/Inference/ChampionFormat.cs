using System.Text;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Champion;
using Headroom.Learning.LightGbm;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>Writes and reads the parameters of a champion.</summary>
internal static class ChampionFormat
{
    private const int MaximumEntries = 4096;
    private const int MaximumBytes = 64 << 20;

    public static byte[] Write(FittedChampion champion)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        Write(writer, champion.Ranges.Lowest);
        Write(writer, champion.Ranges.Highest);
        writer.Write(champion.LargestProductCount);
        writer.Write(champion.TargetModels.Count);
        foreach (var model in champion.TargetModels)
        {
            Write(writer, model);
        }

        Optional(writer, champion.Success, success =>
        {
            success.Process.Write(writer);
            Write(writer, success.Trees);
            writer.Write(success.TrainingRows);
            writer.Write(success.OutOfFoldAccuracy);
        });
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static FittedChampion Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            var ranges = new FeatureRanges(Floats(reader), Floats(reader));
            var largest = reader.ReadInt32();
            var models = new TargetModel[Count(reader)];
            for (var index = 0; index < models.Length; index++)
            {
                models[index] = Target(reader);
            }

            var success = Optional(reader, () => new SuccessModel
            {
                Process = GaussianProcess.Read(reader),
                Trees = Trees(reader, DesignFeatures.Names.Count),
                TrainingRows = reader.ReadInt32(),
                OutOfFoldAccuracy = reader.ReadDouble(),
            });
            return new FittedChampion(models, success, ranges, largest);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("The model file is damaged: it ends too early.", error);
        }
    }

    private static void Write(BinaryWriter writer, TargetModel model)
    {
        writer.Write((int)model.Target);
        writer.Write(model.Counting.IsWhole);
        Write(writer, model.Process);
        Optional(writer, model.Anywhere, process => process.Write(writer));
        Optional(writer, model.Overhead, family => Write(writer, family));
        Optional(writer, model.CoreOverhead, family => Write(writer, family));
        Write(writer, model.Trees);
        Optional(writer, model.Gate, gate => Write(writer, gate));
        writer.Write(model.Mixtures.Count);
        foreach (var (region, mixture) in model.Mixtures)
        {
            writer.Write(region);
            writer.Write(mixture.Process);
            writer.Write(mixture.Overhead);
            writer.Write(mixture.CoreOverhead);
            writer.Write(mixture.Trees);
            writer.Write(mixture.IsGated);
        }

        writer.Write(model.KnownRegions.Count);
        foreach (var region in model.KnownRegions)
        {
            writer.Write(region);
        }

        Write(writer, model.Spread.Size);
        Write(writer, model.Spread.Pooled);
        writer.Write(model.Spread.Widths.Count);
        foreach (var (region, width) in model.Spread.Widths)
        {
            writer.Write(region);
            Write(writer, width);
        }

        writer.Write(model.TrainingRows);
        writer.Write(model.OutOfFoldSmapePercent);
        writer.Write(model.OutOfFoldCoverageRatio);
    }

    private static TargetModel Target(BinaryReader reader) => new()
    {
        Target = (Target)reader.ReadInt32(),
        Counting = new Counting(reader.ReadBoolean()),
        Process = Family(reader),
        Anywhere = Optional(reader, () => GaussianProcess.Read(reader)),
        Overhead = Optional(reader, () => Family(reader)),
        CoreOverhead = Optional(reader, () => Family(reader)),
        Trees = Trees(reader, DesignFeatures.Names.Count),
        Gate = Optional(reader, () => Trees(reader, DesignFeatures.Names.Count)),
        Mixtures = Table(reader, () => new Mixture(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean())),
        KnownRegions = Table(reader, () => true).Keys.ToHashSet(),
        Spread = new SpreadModel
        {
            Size = Trees(reader, SpreadModel.Columns.Count),
            Pooled = Width(reader),
            Widths = Table(reader, () => Width(reader)),
        },
        TrainingRows = reader.ReadInt32(),
        OutOfFoldSmapePercent = reader.ReadDouble(),
        OutOfFoldCoverageRatio = reader.ReadDouble(),
    };

    private static void Write(BinaryWriter writer, FamilyProcess family)
    {
        writer.Write(family.Processes.Count);
        foreach (var (name, process) in family.Processes)
        {
            writer.Write(name);
            process.Write(writer);
        }
    }

    private static FamilyProcess Family(BinaryReader reader) => new() { Processes = Table(reader, () => GaussianProcess.Read(reader)) };

    private static void Write(BinaryWriter writer, Width width)
    {
        writer.Write(width.Stretch);
        writer.Write(width.Flat);
        writer.Write(width.Largest);
    }

    private static Width Width(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    private static void Write(BinaryWriter writer, LightGbmModel trees)
    {
        var text = trees.Save();
        writer.Write(text.Length);
        writer.Write(text);
    }

    private static LightGbmModel Trees(BinaryReader reader, int columns)
    {
        var length = reader.ReadInt32();
        return length is > 0 and <= MaximumBytes
            ? LightGbmModel.Load(reader.ReadBytes(length), columns)
            : throw new InvalidDataException("The model file is damaged: a length is out of range.");
    }

    private static void Write(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static float[] Floats(BinaryReader reader)
    {
        var values = new float[Count(reader)];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = reader.ReadSingle();
        }

        return values;
    }

    private static void Optional<T>(BinaryWriter writer, T? value, Action<T> write)
        where T : class
    {
        writer.Write(value is not null);
        if (value is not null)
        {
            write(value);
        }
    }

    private static T? Optional<T>(BinaryReader reader, Func<T> read)
        where T : class => reader.ReadBoolean() ? read() : null;

    private static Dictionary<string, T> Table<T>(BinaryReader reader, Func<T> read)
    {
        var entries = new Dictionary<string, T>();
        for (var left = Count(reader); left > 0; left--)
        {
            entries[reader.ReadString()] = read();
        }

        return entries;
    }

    private static int Count(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count is >= 0 and <= MaximumEntries ? count : throw new InvalidDataException("The model file is damaged: a count is out of range.");
    }
}
