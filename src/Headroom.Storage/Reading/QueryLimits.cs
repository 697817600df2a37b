namespace Headroom.Storage.Reading;

/// <summary>Holds a question to the limits of the store.</summary>
internal static class QueryLimits
{
    /// <exception cref="InvalidQueryException">A limit is passed; the message names it, what was asked and the setting.</exception>
    public static void Check(IReadOnlyList<SeriesRequest> requests, StorageOptions options)
    {
        if (requests.Count > options.MaxSeries)
        {
            throw new InvalidQueryException($"{requests.Count} series were asked for, at most {options.MaxSeries} are answered at once ({StorageOptions.SectionName}:{nameof(StorageOptions.MaxSeries)})");
        }

        foreach (var request in requests)
        {
            if (request.To <= request.From)
            {
                throw new InvalidQueryException($"the range of '{request.Metric}' ends at {request.To:O}, which is not after its start {request.From:O}");
            }

            if (request.To - request.From > options.MaxRange)
            {
                throw new InvalidQueryException($"the range of '{request.Metric}' is longer than {options.MaxRange.TotalDays:F0} days ({StorageOptions.SectionName}:{nameof(StorageOptions.MaxRange)})");
            }

            if (request.MaxPoints < 1 || request.MaxPoints > options.MaxPointsPerSeries)
            {
                throw new InvalidQueryException($"{request.MaxPoints} points were asked for, expected 1 to {options.MaxPointsPerSeries} ({StorageOptions.SectionName}:{nameof(StorageOptions.MaxPointsPerSeries)})");
            }
        }
    }
}
