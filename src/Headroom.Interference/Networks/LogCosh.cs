using TorchSharp;
using static TorchSharp.torch;

namespace Headroom.Interference.Networks;

/// <summary>mean(log(cosh(error))): square for small errors, absolute for large ones.</summary>
internal static class LogCosh
{
    // log(cosh(x)) = x + softplus(-2x) - log 2 does not overflow.
    public static Tensor Of(Tensor predicted, Tensor truth)
    {
        // Named, so that the collector leaves them alone while native code reads them.
        using Scalar minusTwo = -2.0, logTwo = Math.Log(2);
        var error = predicted - truth;
        return (error + nn.functional.softplus(error * minusTwo) - logTwo).mean();
    }
}
