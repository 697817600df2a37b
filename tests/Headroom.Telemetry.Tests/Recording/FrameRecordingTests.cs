using Headroom.Telemetry.Catalogue;
using Headroom.Telemetry.Frames;
using Headroom.Telemetry.Recording;

namespace Headroom.Telemetry.Tests.Recording;

public sealed class FrameRecordingTests
{
    [Fact]
    public void Batches_come_back_in_their_order_and_a_torn_end_is_left_out()
    {
        using var file = new MemoryStream();
        FrameRecording.Append(file, Batch(1));
        FrameRecording.Append(file, Batch(2));
        file.SetLength(file.Length - 3);
        file.Position = 0;

        var batch = Assert.Single(FrameRecording.Read(file));
        Assert.Equal(1f, batch.Frames[0].Samples[0].Values[0]);
    }

    [Fact]
    public void Something_else_is_refused()
    {
        using var file = new MemoryStream("this is a text"u8.ToArray());
        Assert.Contains("no recording of frames", Assert.Throws<FormatException>(() => FrameRecording.Read(file).ToList()).Message, StringComparison.Ordinal);
    }

    private static FrameBatch Batch(float value)
    {
        var values = new MetricVector(MetricCatalogue.Current.For(EntityKind.Host).Count) { [0] = value };
        var host = new EntityDescriptor(0, EntityKind.Host, "host", "host", null, new Dictionary<string, string>());
        var frame = new Frame(1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), [new EntitySample(0, values)]);
        return new FrameBatch(Guid.Empty, Guid.Empty, MetricCatalogue.Current.Version, [host], [frame], []);
    }
}
