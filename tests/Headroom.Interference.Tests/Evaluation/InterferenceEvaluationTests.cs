using Headroom.Interference.Evaluation;
using Headroom.Interference.Models;
using Headroom.Interference.Runs;
using Headroom.Interference.Tests.Live;

namespace Headroom.Interference.Tests.Evaluation;

public sealed class InterferenceEvaluationTests
{
    // The second metric is none of the catalogue and says the label.
    private static readonly RunSet Campaign = new(
        "campaign",
        TargetDefinition.Performance,
        new FeatureSchema([MadeUpHosts.Schema.Metrics[0], new Feature(FeatureBlock.Target, "speed", "1", Resource.Cpu)], []),
        [
            .. Enumerable.Range(0, 60).Select(index => new InterferenceRun
            {
                Id = $"{index}", Application = $"app {index % 4}", Composition = $"mix {index % 7}", Context = [], Label = index / 60.0, Frames = [[index % 5, index]],
            }),
        ]);

    [Fact]
    public void A_new_application_is_met_with_live_columns_by_all_and_with_all_columns_by_the_rivals_besides()
    {
        var scores = Run(Protocol.Application);

        Assert.Equal(["linear regression", "train mean", "linear regression, all columns", "train mean, all columns"], scores.Select(score => score.Model));
        Assert.True(scores[2].Mae < 0.2 * scores[0].Mae, $"{scores[2].Mae} against {scores[0].Mae}");
        Assert.Equal(scores[1].Mae, scores[3].Mae);
    }

    [Fact]
    public void A_new_mix_is_met_with_all_columns() => Assert.Equal(["linear regression", "train mean"], Run(Protocol.Composition).Select(score => score.Model));

    private static IReadOnlyList<Score> Run(Protocol protocol) => InterferenceEvaluation.Run(
        protocol, ModelTable.Named(["linear regression", "train mean"], protocol.Novelty()), seed => EvaluationData.Split(Campaign, protocol, seed), 2, 1,
        cancellationToken: TestContext.Current.CancellationToken);
}
