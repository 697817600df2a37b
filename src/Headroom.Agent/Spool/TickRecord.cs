using System.Runtime.InteropServices;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Wire;

namespace Headroom.Agent.Spool;

/// <summary>
/// One tick in a segment: sequence, time, the entities that are new or described anew since the segment began, and the samples.
/// Entities and samples are one record, so that a torn write is always exactly one frame.
/// </summary>
internal static class TickRecord
{
    /// <summary>What the server takes of one text; longer ones are cut.</summary>
    private const int MaxTextCharacters = 1024;

    private const int MaxAttributes = 64;

    public static void Write(WireWriter record, long sequence, DateTimeOffset at, IReadOnlyList<EntityDescriptor> newEntities, IReadOnlyList<EntitySample> samples)
    {
        SegmentFormat.BeginRecord(record, SegmentFormat.Tick);
        record.Int64(sequence);
        record.Int64(at.ToUnixTimeMilliseconds());
        record.Count(newEntities.Count);
        foreach (var entity in newEntities)
        {
            WriteEntity(record, entity);
        }

        record.Count(samples.Count);
        foreach (var sample in samples)
        {
            WriteSample(record, sample);
        }

        SegmentFormat.EndRecord(record);
    }

    /// <summary>Sequence and time of a tick, without the rest.</summary>
    public static (long Sequence, long UnixMilliseconds) ReadHead(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload[1..]);
        return (reader.Int64("sequence"), reader.Int64("time"));
    }

    /// <summary>Reads a tick; descriptions of entities go into <paramref name="entities"/> by local id.</summary>
    public static Frame Read(ReadOnlySpan<byte> payload, Dictionary<int, EntityDescriptor> entities)
    {
        var reader = new WireReader(payload[1..]);
        var sequence = reader.Int64("sequence");
        var at = reader.Time(reader.Int64("time"), "a time");
        for (var left = reader.Count(int.MaxValue, "entities"); left > 0; left--)
        {
            var entity = ReadEntity(ref reader);
            entities[entity.LocalId] = entity;
        }

        var samples = new EntitySample[reader.Count(int.MaxValue, "samples")];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = ReadSample(ref reader);
        }

        return new Frame(sequence, at, samples);
    }

    private static void WriteEntity(WireWriter record, EntityDescriptor entity)
    {
        record.Count(entity.LocalId);
        record.Byte((byte)entity.Kind);
        record.Text(Cut(entity.Key));
        record.Text(Cut(entity.Name));
        record.Count(entity.ParentKey is null ? 0 : 1);
        if (entity.ParentKey is not null)
        {
            record.Text(Cut(entity.ParentKey));
        }

        record.Count(Math.Min(entity.Attributes.Count, MaxAttributes));
        foreach (var (name, value) in entity.Attributes.Take(MaxAttributes))
        {
            record.Text(Cut(name));
            record.Text(Cut(value));
        }
    }

    private static EntityDescriptor ReadEntity(ref WireReader reader)
    {
        var localId = reader.Count(int.MaxValue, "as local id");
        var kind = (EntityKind)reader.Byte("entity kind");
        var key = reader.Text(int.MaxValue, "entity key");
        var name = reader.Text(int.MaxValue, "entity name");
        var parentKey = reader.Count(1, "parent keys") == 1 ? reader.Text(int.MaxValue, "parent key") : null;
        var attributes = new Dictionary<string, string>();
        for (var left = reader.Count(MaxAttributes, "attributes"); left > 0; left--)
        {
            attributes[reader.Text(int.MaxValue, "attribute name")] = reader.Text(int.MaxValue, "attribute value");
        }

        return new EntityDescriptor(localId, kind, key, name, parentKey, attributes);
    }

    private static void WriteSample(WireWriter record, EntitySample sample)
    {
        record.Count(sample.LocalId);
        record.Count(sample.Values.Length);
        record.Bytes(sample.Values.Presence);
        for (var metric = 0; metric < sample.Values.Length; metric++)
        {
            if (sample.Values.IsPresent(metric))
            {
                MemoryMarshal.Write(record.Take(sizeof(float)), sample.Values.Values[metric]);
            }
        }
    }

    private static EntitySample ReadSample(ref WireReader reader)
    {
        var localId = reader.Count(int.MaxValue, "as local id");
        var values = new float[reader.Count(ushort.MaxValue, "metrics")];
        var vector = new MetricVector(values, reader.Bytes((values.Length + 7) / 8, "presence").ToArray());
        for (var metric = 0; metric < values.Length; metric++)
        {
            if (vector.IsPresent(metric))
            {
                values[metric] = MemoryMarshal.Read<float>(reader.Bytes(sizeof(float), "value"));
            }
        }

        return new EntitySample(localId, vector);
    }

    private static string Cut(string text) => text.Length <= MaxTextCharacters ? text : text[..MaxTextCharacters];
}
