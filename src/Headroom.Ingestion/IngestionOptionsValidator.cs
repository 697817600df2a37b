using Microsoft.Extensions.Options;

namespace Headroom.Ingestion;

/// <summary>Checks every setting against its range.</summary>
[OptionsValidator]
internal sealed partial class IngestionOptionsValidator : IValidateOptions<IngestionOptions>;

/// <summary>Checks the rules between settings.</summary>
internal sealed class IngestionOptionsCrossValidator : IValidateOptions<IngestionOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestionOptions options)
    {
        List<string> failures = [];
        if (options.FrameBurstPerAgent < options.MaxFramesPerBatch)
        {
            failures.Add(
                $"{IngestionOptions.SectionName}:FrameBurstPerAgent is {options.FrameBurstPerAgent}; expected at least MaxFramesPerBatch ({options.MaxFramesPerBatch}), or a full batch could never be sent");
        }

        if (options.MemoryBytes < (long)options.MaxBodyBytes + options.MaxDecompressedBytes)
        {
            failures.Add(
                $"{IngestionOptions.SectionName}:MemoryBytes is {options.MemoryBytes}; expected at least MaxBodyBytes + MaxDecompressedBytes ({(long)options.MaxBodyBytes + options.MaxDecompressedBytes}), or a full body could never be read");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
