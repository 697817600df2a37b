using System.Text.Json;
using System.Text.Json.Serialization;
using Headroom.Interference.Live;
using Headroom.Storage.Model;

namespace Headroom.Jobs.Interference;

/// <summary>Predictions as rows of the store.</summary>
public static class PredictionText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static InterferencePredictionRow Row(int hostId, DateTimeOffset endsAt, int windowSeconds, LiveAnswer answer) => new()
    {
        HostId = hostId,
        EntityId = answer.Target.Id,
        At = endsAt,
        WindowSeconds = windowSeconds,
        Value = answer.Prediction.Value,
        Lower = answer.Prediction.Lower,
        Upper = answer.Prediction.Upper,
        Level = answer.Prediction.Level,
        ModelId = answer.Prediction.ModelId,
        ModelVersion = answer.Prediction.ModelVersion,
        OutsideTraining = [.. answer.Prediction.OutsideTraining],
        Reasons = JsonSerializer.Serialize(answer.Prediction.Reasons is { } reasons ? PredictionReasons.Of(reasons) : null, Json),
        Neighbours = JsonSerializer.Serialize(answer.Neighbours, Json),
    };

    public static PredictionReasons? ReasonsOf(InterferencePredictionRow row) => JsonSerializer.Deserialize<PredictionReasons?>(row.Reasons, Json);

    public static IReadOnlyList<NeighbourEffect> NeighboursOf(InterferencePredictionRow row) => JsonSerializer.Deserialize<IReadOnlyList<NeighbourEffect>>(row.Neighbours, Json) ?? [];
}
