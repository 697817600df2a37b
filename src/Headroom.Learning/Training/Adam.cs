using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Headroom.Learning.Training;

/// <summary>
/// Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with TorchSharp's state, defaults and name, so that their checkpoints are each other's, but with a step of ours: TorchSharp's
/// hands native code temporary scalars that nothing refers to any more, and the garbage collector may free them while they are still read. Here each lives to the end of its use.
/// </summary>
internal sealed class Adam(IEnumerable<Parameter> parameters, double learningRate, double weightDecay)
    : TorchSharp.Modules.Adam(parameters, learningRate, beta2: SecondDecay, weight_decay: weightDecay)
{
    private const double SecondDecay = 0.99;

    public override Tensor? step(Func<Tensor>? closure = null) => _step<ParamGroup>(Update, closure);

    private void Update(ParamGroup group)
    {
        var options = (Options)group.Options;
        var (beta1, beta2, rate, decay) = (options.beta1!.Value, options.beta2!.Value, options.LearningRate!.Value, options.weight_decay!.Value);
        using Scalar keepFirst = beta1, addFirst = 1 - beta1, keepSecond = beta2, addSecond = 1 - beta2, epsilon = options.eps!.Value, shrink = decay;
        foreach (var parameter in group.Parameters)
        {
            if (parameter.grad is not { } gradient)
            {
                continue;
            }

            var state = (State)_state[parameter.Handle];
            state.step++;
            if (decay != 0)
            {
                gradient = gradient.add(parameter, shrink);
            }

            state.exp_avg.mul_(keepFirst).add_(gradient, addFirst);
            state.exp_avg_sq.mul_(keepSecond).addcmul_(gradient, gradient, addSecond);

            // Both moments start at 0 and are divided by what of them can have grown so far.
            using Scalar root = Math.Sqrt(1 - Math.Pow(beta2, state.step)), stride = -rate / (1 - Math.Pow(beta1, state.step));
            parameter.addcdiv_(state.exp_avg, state.exp_avg_sq.sqrt().div_(root).add_(epsilon), stride);
        }
    }
}
