using FsCheck;
using FsCheck.Fluent;
using Headroom.Fpga.Boards;
using Headroom.Fpga.Configurations;
using Headroom.Fpga.Networks;
using Headroom.Fpga.Parsing;
using Headroom.Fpga.Records;
using Headroom.Fpga.Rules;
using Headroom.Fpga.Surrogates.Inference;
using Headroom.Fpga.Sweeps;

namespace Headroom.Fpga.Tests.Sweeps;

public sealed class SweepTests
{
    private static readonly Network Jets = ExampleNetworks.Find("jet-tagger")!.Read().Network;
    private static readonly BoardCatalogue Boards = new();

    private static readonly SweepSpace Space = new()
    {
        Precisions = [new FixedPoint(8, 3), new FixedPoint(16, 6)], ReuseFactors = [1, 4, 16, 64], Strategies = [HlsStrategy.Resource], Boards = ["pynq-z2", "zcu102"],
    };

    [Fact]
    public void Every_combination_is_predicted_for_the_board_it_names()
    {
        var result = Sweep.Run(new RulesOnly(), Jets, new HlsConfiguration(), Space, Boards, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((16L, 16), (Space.Count, result.Points.Count));
        Assert.Equal(16, result.Points.Select(point => (point.Configuration.Precision, point.Configuration.ReuseFactor, point.Fit.Board.Name)).Distinct().Count());
        Assert.All(result.Points, point => Assert.Equal(DesignRules.Of(new Design(Jets, point.Configuration)).Dsp, point.Prediction[Target.Dsp]!.Value));
        Assert.NotEmpty(result.Front);
    }

    [Fact]
    public void The_swept_setting_wins_over_the_one_of_a_layer_and_the_others_stay()
    {
        var basis = new HlsConfiguration { Layers = new Dictionary<string, LayerOverride> { ["fc1"] = new(WeightPrecision: new FixedPoint(4, 1), ReuseFactor: 2, Strategy: HlsStrategy.Latency) } };
        var design = new SweepSpace { ReuseFactors = [32] }.Designs(basis, Boards).Single().Configuration;
        Assert.Equal(32, design.RequestedReuseOf(Jets.Layers[1]));
        Assert.Equal((4, HlsStrategy.Latency), (design.WeightPrecisionOf(Jets.Layers[1]).Bits, design.StrategyOf(Jets.Layers[1])));
    }

    [Fact]
    public void A_space_beyond_the_limit_and_an_unknown_board_are_refused_by_name()
    {
        Assert.Contains("at most 10", Assert.Throws<NetworkFormatException>(() => Sweep.Run(new RulesOnly(), Jets, new HlsConfiguration(), Space, Boards, mostPoints: 10, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        var unknown = Space with { Boards = ["toaster"] };
        Assert.Contains("'toaster'", Assert.Throws<NetworkFormatException>(() => Sweep.Run(new RulesOnly(), Jets, new HlsConfiguration(), unknown, Boards, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Sweep.Run(new RulesOnly(), Jets, new HlsConfiguration(), Space, Boards, cancellationToken: stop.Token));
    }

    [Fact]
    public void Reuse_factors_worth_trying_are_valid_somewhere_and_reach_from_one_to_the_largest()
    {
        var factors = SweepSpace.ReuseFactorsOf(Jets, 12);
        Assert.InRange(factors.Count, 8, 12);
        Assert.Equal((1, 64 * 32), (factors[0], factors[^1]));
        Assert.All(factors, factor => Assert.Contains(Jets.WeightedLayers, layer => ReuseFactors.IsValid(layer.InputShape[^1], layer.OutputShape[^1], factor)));
    }

    [Fact]
    public void Nothing_beats_a_point_on_the_front_and_something_beats_or_equals_every_other() => Prop.ForAll<(byte, byte)[]>(raw =>
    {
        var points = raw.Select(pair => ((double?)pair.Item1, (double?)pair.Item2)).ToArray();
        var front = ParetoFront.Of(points).ToHashSet();
        bool Beats(int a, int b) => points[a].Item1 <= points[b].Item1 && points[a].Item2 <= points[b].Item2 && points[a] != points[b];
        return Enumerable.Range(0, points.Length).All(index => front.Contains(index)
            ? !Enumerable.Range(0, points.Length).Any(other => Beats(other, index))
            : front.Any(other => Beats(other, index) || points[other] == points[index]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(100, 200, FitVerdict.Fits)]
    [InlineData(100, 300, FitVerdict.Uncertain)]
    [InlineData(230, 300, FitVerdict.DoesNotFit)]
    public void A_design_fits_when_even_the_upper_end_of_its_interval_does(double lower, double upper, FitVerdict expected)
    {
        var dsp = new TargetPrediction(Target.Dsp, (lower + upper) / 2, lower, upper, 0.9, "DSP", "m", Provenance.Learned, false);
        var fit = BoardFit.Of(new DesignPrediction([dsp], null, []), Boards.Find("pynq-z2")!);
        Assert.Equal(expected, fit.Verdict);
        Assert.Equal(220, fit.Tightest!.Capacity);
    }

    [Fact]
    public void Every_example_network_is_read() => Assert.All(ExampleNetworks.All, example => Assert.NotEmpty(example.Read().Network.WeightedLayers));

    /// <summary>Answers with what the rules say.</summary>
    private sealed class RulesOnly : IDesignPredictor
    {
        public ModelCard Model { get; } = new()
        {
            Id = "rules", Architecture = "rules", Seed = 1, TrainedAt = DateTimeOffset.UnixEpoch, Sources = [], MayBeRedistributed = true, Metrics = [], Features = [],
        };

        public IReadOnlyList<DesignPrediction> Predict(IReadOnlyList<DesignQuestion> questions, CancellationToken cancellationToken = default) => [.. questions.Select(question =>
        {
            var rules = DesignRules.Of(new Design(question.Network, question.Configuration));
            TargetPrediction Exactly(Target target, double value) => new(target, value, value, value, 0.9, target.Unit(), "rules", Provenance.Rule, false);
            return new DesignPrediction([Exactly(Target.Bram, rules.BlockRam18), Exactly(Target.Dsp, rules.Dsp), Exactly(Target.Cycles, rules.LatencyCycles), Exactly(Target.Ii, rules.InitiationInterval)], null, []);
        })];
    }
}
