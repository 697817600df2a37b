using System.Text.Json;
using Headroom.Storage.Provisioning;

namespace Headroom.EndToEnd.Tests;

/// <summary>The whole life of a challenger on the shipped campaign, while a real server is asked for predictions without a break.</summary>
public sealed class RetrainCommandTests
{
    /// <summary>How fast a rollback has to be, in seconds: what the command holds its own figure against.</summary>
    private const double RollBackLimit = 5;

    [Fact]
    public async Task No_request_fails_while_a_challenger_is_trained_swapped_in_and_taken_back_and_every_figure_is_printed()
    {
        Assert.SkipWhen(ServerBinaries.FindAll().Count == 0, "no PostgreSQL server programs on this machine");
        var output = await CliProgram.RunAsync(new Dictionary<string, string>(), "retrain", "interference", "--json");
        using var report = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)]);
        var figures = report.RootElement.GetProperty("figures").EnumerateArray().ToDictionary(figure => figure.GetProperty("name").GetString()!);
        double Value(string name) => figures[name].GetProperty("value").GetDouble();

        Assert.Equal(0, Value("retrain.failed_requests"));
        Assert.True(Value("retrain.requests") > 100, output);
        Assert.True(Value("retrain.requests_by_challenger") > 100, output);
        Assert.InRange(Value("retrain.p_value"), 0, 1);
        Assert.Contains(Value("retrain.promoted"), new double[] { 0, 1 });
        Assert.Equal(RollBackLimit, figures["rollback.seconds"].GetProperty("againstValue").GetDouble());
        Assert.True(Value("drift.detected_windows") >= 1, output);
        Assert.Equal(0, Value("drift.false_alarms"));
    }
}
