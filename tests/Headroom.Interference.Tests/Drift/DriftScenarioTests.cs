using Headroom.Interference.Drift;
using Headroom.Learning.Drift;

namespace Headroom.Interference.Tests.Drift;

public sealed class DriftScenarioTests
{
    private const int Unshifted = 1_000;

    [Fact]
    public void Shifted_metrics_raise_the_alarm_soon_and_a_thousand_windows_without_a_shift_none()
    {
        var options = new DriftOptions();
        var result = DriftScenario.Run(RunFactory.Set(runs: 240, steps: 4), Unshifted, options, seed: 1, TestContext.Current.CancellationToken);

        Assert.Equal((0, Unshifted), (result.FalseAlarms, result.UnshiftedWindows));
        Assert.All(result.Findings, finding => Assert.True(finding.WasShifted, $"{finding.Metric} raised an alarm, but nothing was done to it"));
        Assert.All(result.Findings.Where(finding => finding.IsFeature), finding => Assert.Equal((options.Confirm, 0), (finding.Windows, finding.SinceWindows)));
        Assert.All(result.Findings.Where(finding => !finding.IsFeature), finding => Assert.InRange(finding.Windows!.Value, 1, 10));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_estimated_effect_of_each_metric_is_near_what_its_shift_really_did(int seed)
    {
        var result = DriftScenario.Run(RunFactory.Set(runs: 240, steps: 4, seed), 0, new DriftOptions(), seed, TestContext.Current.CancellationToken);

        Assert.True(result.TrueMaeEffect > 0.05, $"the shift does nothing: {result.TrueMaeEffect}");
        Assert.All(result.Findings.Where(finding => finding.IsFeature), finding => Assert.Equal(finding.TrueMaeEffect!.Value, finding.MaeEffect!.Value, 0.25 * result.TrueMaeEffect));
    }
}
