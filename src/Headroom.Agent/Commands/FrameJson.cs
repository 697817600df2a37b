using System.Text.Json;
using Headroom.Agent.Collecting;
using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;

namespace Headroom.Agent.Commands;

/// <summary>A frame as JSON for people: every entity with its values and units, and the names of what is not available.</summary>
internal static class FrameJson
{
    /// <param name="isWanted">Which kinds of entities to write.</param>
    public static void Write(Stream output, DateTimeOffset at, Collection collection, Func<EntityKind, bool> isWanted)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        var described = collection.Entities.Descriptors.ToDictionary(entity => entity.LocalId);
        json.WriteStartObject();
        json.WriteString("at", at);
        json.WriteNumber("catalogueVersion", MetricCatalogue.Current.Version);
        json.WriteStartArray("entities");
        foreach (var sample in collection.Entities.Samples().Where(sample => isWanted(described[sample.LocalId].Kind)))
        {
            WriteEntity(json, described[sample.LocalId], sample.Values);
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (var problem in collection.Runner.Problems)
        {
            json.WriteStringValue(problem);
        }

        json.WriteEndArray();
        json.WriteStartArray("absences");
        foreach (var absence in collection.Collectors.OfType<IExplainsAbsence>().SelectMany(collector => collector.Absences))
        {
            json.WriteStringValue(absence);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void WriteEntity(Utf8JsonWriter json, EntityDescriptor entity, MetricVector values)
    {
        var metrics = MetricCatalogue.Current.For(entity.Kind);
        json.WriteStartObject();
        json.WriteString("kind", entity.Kind.ToString());
        json.WriteString("key", entity.Key);
        json.WriteString("name", entity.Name);
        json.WriteString("parent", entity.ParentKey);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in entity.Attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("metrics");
        for (var i = 0; i < metrics.Count; i++)
        {
            if (values[i] is { } value)
            {
                json.WriteStartObject(metrics[i].Name);
                json.WriteNumber("value", value);
                json.WriteString("unit", metrics[i].Unit);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
        json.WriteStartArray("notAvailable");
        for (var i = 0; i < metrics.Count; i++)
        {
            if (!values.IsPresent(i))
            {
                json.WriteStringValue(metrics[i].Name);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
