using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;

namespace Headroom.Fpga.Surrogates.Inference;

/// <summary>A network, how it is to be built, and what the part holds.</summary>
/// <param name="Part">Capacities of the part; null looks the configuration's part up in the board catalogue.</param>
public sealed record DesignQuestion(Network Network, HlsConfiguration Configuration, Capacity? Part = null);

/// <summary>Answers what a design will cost before it is synthesised. Safe to use from several threads at once.</summary>
public interface IDesignPredictor
{
    /// <summary>Which model answers, what it was trained on and how well it did.</summary>
    ModelCard Model { get; }

    /// <summary>One answer per question, in their order. Many at once is far faster than one by one: equal layers are worked out once.</summary>
    IReadOnlyList<DesignPrediction> Predict(IReadOnlyList<DesignQuestion> questions, CancellationToken cancellationToken = default);

    DesignPrediction Predict(DesignQuestion question) => Predict([question])[0];
}
