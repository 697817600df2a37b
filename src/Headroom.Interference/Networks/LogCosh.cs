using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>mean(log(cosh(error))): square for small errors, absolute for large ones.</summary>
internal static class LogCosh
{
    // log(cosh(x)) = x + softplus(-2x) - log 2 does not overflow.
    public static Tensor Of(Tensor predicted, Tensor truth)
    {
        var error = predicted - truth;
        return (error + nn.functional.softplus(-2 * error) - Math.Log(2)).mean();
    }
}
