using System.Text;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Records;
using Headroom.Fpga.Surrogates.Champion;
using Headroom.Learning.LightGbm;
using Headroom.Learning.Scaling;
using Headroom.Learning.Tabular;

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
        Write(writer, champion.Ranges.All);
        Write(writer, champion.Ranges.Families, range => Write(writer, range));
        writer.Write(champion.Depths.Count);
        foreach (var (stage, depth) in champion.Depths)
        {
            writer.Write((int)stage);
            writer.Write(depth);
        }

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
            var ranges = new FeatureRanges(Range(reader), Table(reader, () => Range(reader)));
            var depths = new Dictionary<ReportStage, int>();
            for (var left = Count(reader); left > 0; left--)
            {
                depths[(ReportStage)reader.ReadInt32()] = Count(reader);
            }

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
            return new FittedChampion(models, success, ranges, depths);
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
        Write(writer, model.Mixtures, mixture =>
        {
            writer.Write(mixture.Process);
            writer.Write(mixture.Overhead);
            writer.Write(mixture.CoreOverhead);
            writer.Write(mixture.Trees);
            writer.Write(mixture.IsGated);
        });

        writer.Write(model.KnownRegions.Count);
        foreach (var region in model.KnownRegions)
        {
            writer.Write(region);
        }

        Write(writer, model.Spread.Size);
        Write(writer, model.Spread.Pooled);
        Write(writer, model.Spread.Widths, width => Write(writer, width));
        Write(writer, model.Ratios, ratios => Write(writer, ratios));
        Write(writer, model.RatiosAnywhere);
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
            Size = Line(reader),
            Pooled = Width(reader),
            Widths = Table(reader, () => Width(reader)),
        },
        Ratios = Table(reader, () => Ratios(reader)),
        RatiosAnywhere = Ratios(reader),
        TrainingRows = reader.ReadInt32(),
        OutOfFoldSmapePercent = reader.ReadDouble(),
        OutOfFoldCoverageRatio = reader.ReadDouble(),
    };

    private static void Write(BinaryWriter writer, FamilyProcess family) => Write(writer, family.Processes, process => process.Write(writer));

    private static FamilyProcess Family(BinaryReader reader) => new() { Processes = Table(reader, () => GaussianProcess.Read(reader)) };

    private static void Write(BinaryWriter writer, LinearModel line)
    {
        for (var column = 0; column < SpreadModel.Columns.Count; column++)
        {
            writer.Write(line.Scaler.Means[column]);
            writer.Write(line.Scaler.Deviations[column]);
            writer.Write(line.Coefficients[column]);
        }

        writer.Write(line.Coefficients[^1]);
    }

    private static LinearModel Line(BinaryReader reader)
    {
        var (means, deviations, coefficients) = (new double[SpreadModel.Columns.Count], new double[SpreadModel.Columns.Count], new double[SpreadModel.Columns.Count + 1]);
        for (var column = 0; column < means.Length; column++)
        {
            (means[column], deviations[column], coefficients[column]) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        }

        coefficients[^1] = reader.ReadDouble();
        return new LinearModel(new StandardScaler(means, deviations), coefficients);
    }

    private static void Write(BinaryWriter writer, Width width)
    {
        writer.Write(width.Stretch);
        writer.Write(width.Largest);
    }

    private static Width Width(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble());

    private static void Write(BinaryWriter writer, RatioRange ratios)
    {
        writer.Write(ratios.Lowest);
        writer.Write(ratios.Low);
        writer.Write(ratios.High);
        writer.Write(ratios.Highest);
    }

    private static RatioRange Ratios(BinaryReader reader) => new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());

    private static void Write(BinaryWriter writer, FeatureRange range)
    {
        Write(writer, range.Lowest);
        Write(writer, range.Highest);
    }

    private static FeatureRange Range(BinaryReader reader) => new(Floats(reader), Floats(reader));

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

    private static void Write<T>(BinaryWriter writer, IReadOnlyDictionary<string, T> table, Action<T> write)
    {
        writer.Write(table.Count);
        foreach (var (name, value) in table)
        {
            writer.Write(name);
            write(value);
        }
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
