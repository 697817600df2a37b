using Headroom.Learning.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Learning.Tests.Training;

public sealed class AdamTests
{
    private const double Rate = 0.05;
    private const double Decay = 0.1;

    private static readonly float[] Start = [0.5f, -1.5f, 2];
    private static readonly float[] Pull = [3, -0.01f, 40];

    public AdamTests() => Assert.SkipWhen(TorchRuntime.UnavailableReason is not null, TorchRuntime.UnavailableReason ?? "");

    [Fact]
    public void Every_step_is_the_published_formula()
    {
        using var parameter = nn.Parameter(tensor(Start));
        using var adam = new Headroom.Learning.Training.Adam([parameter], Rate, Decay);
        var (point, first, second) = (Array.ConvertAll(Start, value => (double)value), new double[3], new double[3]);

        for (var step = 1; step <= 5; step++)
        {
            Step(adam, parameter);
            for (var index = 0; index < point.Length; index++)
            {
                var gradient = Pull[index] + (Decay * point[index]);
                first[index] = (0.9 * first[index]) + (0.1 * gradient);
                second[index] = (0.99 * second[index]) + (0.01 * gradient * gradient);
                var (mean, square) = (first[index] / (1 - Math.Pow(0.9, step)), second[index] / (1 - Math.Pow(0.99, step)));
                point[index] -= Rate * mean / (Math.Sqrt(square) + 1e-8);
                Assert.Equal(point[index], parameter.data<float>()[index], 1e-6);
            }
        }
    }

    [Fact]
    public void Steps_and_checkpoints_are_those_of_the_library()
    {
        using var ours = nn.Parameter(tensor(Start));
        using var theirs = nn.Parameter(tensor(Start));
        using var steady = new Headroom.Learning.Training.Adam([ours], Rate, Decay);
        using var library = optim.Adam([theirs], Rate, weight_decay: Decay);
        Step(library, theirs);
        var file = Path.GetTempFileName();
        try
        {
            library.save_state_dict(file);
            steady.load_state_dict(file);
            using (no_grad())
            {
                ours.copy_(theirs);
            }

            Step(library, theirs);
            Step(steady, ours);
        }
        finally
        {
            File.Delete(file);
        }

        Assert.Equal(theirs.data<float>().ToArray(), ours.data<float>().ToArray());
    }

    [Fact]
    public async Task A_busy_garbage_collector_takes_nothing_that_a_step_still_reads()
    {
        using var stop = new CancellationTokenSource();
        var collecting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }, TestContext.Current.CancellationToken);

        var last = Many(300);
        await stop.CancelAsync();
        await collecting;

        Assert.Equal(Many(300), last);
    }

    private static float[] Many(int steps)
    {
        using var parameter = nn.Parameter(tensor(Start));
        using var adam = new Headroom.Learning.Training.Adam([parameter], Rate, Decay);
        for (var step = 0; step < steps; step++)
        {
            Step(adam, parameter);
        }

        return parameter.data<float>().ToArray();
    }

    // The gradient of a sum of products is the factor.
    private static void Step(OptimizerHelper adam, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        adam.zero_grad();
        (parameter * tensor(Pull)).sum().backward();
        adam.step();
    }
}
