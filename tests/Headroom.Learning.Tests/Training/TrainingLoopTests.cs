using Headroom.Learning.Torch;
using Headroom.Learning.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Headroom.Learning.Tests.Training;

public sealed class TrainingLoopTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 12, BatchSize = 7, LearningRate = 0.02, Patience = 100 };

    public TrainingLoopTests() => Assert.SkipWhen(TorchRuntime.UnavailableReason is not null, TorchRuntime.UnavailableReason ?? "");

    [Fact]
    public void Training_lowers_the_validation_loss()
    {
        using var problem = new Problem();

        var outcome = problem.Train(Options);

        Assert.Equal(12, outcome.EpochsRun);
        Assert.True(outcome.BestValidationLoss < 0.5 * outcome.History[0].ValidationLoss);
    }

    [Fact]
    public void A_resumed_run_equals_an_uninterrupted_one()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-checkpoint").FullName;
        try
        {
            using var whole = new Problem();
            var expected = whole.Train(Options);

            using var first = new Problem();
            using var stop = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() => first.Train(Options, folder, stop, stopAfterEpoch: 5));
            using var second = new Problem();
            var resumed = second.Train(Options, folder);

            Assert.Equal(expected.History, resumed.History);
            Assert.Equal(whole.Weights(), second.Weights());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_checkpoint_of_other_options_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("headroom-checkpoint").FullName;
        try
        {
            using var problem = new Problem();
            problem.Train(Options, folder);

            var refusal = Assert.Throws<InvalidDataException>(() => problem.Train(Options with { BatchSize = 8 }, folder));

            Assert.Contains("BatchSize = 8", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Training_stops_early_and_keeps_the_best_state()
    {
        using var problem = new Problem();

        // A rate this high soon makes things worse.
        var outcome = problem.Train(Options with { Epochs = 200, LearningRate = 2, Patience = 3 });

        Assert.True(outcome.EpochsRun < 200);
        Assert.Equal(outcome.BestValidationLoss!.Value, problem.ValidationLoss(), 5);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var problem = new Problem();
        problem.Train(Options with { Epochs = 1 });
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        problem.Train(Options with { Epochs = 2 });

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(9, 1.0)]
    [InlineData(55, 0.5)]
    [InlineData(99, 0.0003)]
    public void The_rate_rises_along_a_line_and_falls_along_a_cosine(int step, double expected) =>
        Assert.Equal(expected, new TrainingOptions { LearningRate = 1, WarmUpShare = 0.1 }.LearningRateAt(step, 100), 3);

    /// <summary>Fits y = x0 - 2 x1 with a small network that has dropout, so that random state matters.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _network;
        private readonly Tensor _inputs;
        private readonly Tensor _targets;

        public Problem()
        {
            random.manual_seed(3);
            _network = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 1));
            _inputs = randn(50, 2);
            using var weights = tensor(new float[,] { { 1 }, { -2 } });
            _targets = _inputs.mm(weights);
        }

        public TrainingOutcome Train(TrainingOptions options, string? folder = null, CancellationTokenSource? stop = null, int stopAfterEpoch = 0) =>
            new TrainingLoop(options).Run(_network, 40, 10, rows => Loss(rows, 0), rows => Loss(rows, 40), folder, new Stopper(stop, stopAfterEpoch), stop?.Token ?? TestContext.Current.CancellationToken);

        public double ValidationLoss()
        {
            using var scope = NewDisposeScope();
            return Loss([.. Enumerable.Range(0, 10)], 40).ToSingle();
        }

        public float[] Weights() => [.. _network.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

        public void Dispose()
        {
            _network.Dispose();
            _inputs.Dispose();
            _targets.Dispose();
        }

        private Tensor Loss(int[] rows, int offset)
        {
            var index = tensor(rows.Select(row => (long)(row + offset)).ToArray());
            return nn.functional.mse_loss(_network.call(_inputs.index_select(0, index)), _targets.index_select(0, index));
        }
    }

    private sealed class Stopper(CancellationTokenSource? stop, int afterEpoch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Epoch == afterEpoch)
            {
                stop?.Cancel();
            }
        }
    }
}
