using System.Text;
using Headroom.Telemetry.Frames;

namespace Headroom.Telemetry.Tests.Wire;

/// <summary>Compares batches to the last bit; the order of samples within a frame has no meaning.</summary>
internal static class BatchAssert
{
    public static void Equal(FrameBatch expected, FrameBatch actual)
    {
        Assert.Equal((expected.AgentId, expected.Epoch, expected.CatalogueVersion), (actual.AgentId, actual.Epoch, actual.CatalogueVersion));
        Assert.Equal(expected.Entities.Select(Text), actual.Entities.Select(Text));
        Assert.Equal(expected.Drops, actual.Drops);
        Assert.Equal(expected.Frames.Select(Text), actual.Frames.Select(Text));
    }

    private static string Text(EntityDescriptor entity) =>
        $"{entity.LocalId} {entity.Kind} {entity.Key} {entity.Name} {entity.ParentKey ?? "none"} {string.Join(';', entity.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))}";

    private static string Text(Frame frame)
    {
        var text = new StringBuilder($"{frame.Sequence} {frame.At:O}");
        foreach (var sample in frame.Samples.OrderBy(sample => sample.LocalId))
        {
            text.Append($" | {sample.LocalId}:");
            for (var metric = 0; metric < sample.Values.Length; metric++)
            {
                text.Append(sample.Values[metric] is { } value ? $" {BitConverter.SingleToUInt32Bits(value):x8}" : " -");
            }
        }

        return text.ToString();
    }
}
