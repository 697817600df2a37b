namespace Headroom.Learning.Kernels.Pairs;

/// <summary>Resilient propagation without weight backtracking (Igel and Huesken 2003, iRprop-): every number has a step of its own that grows while the gradient keeps its sign.</summary>
internal sealed class Rprop
{
    private const double FirstStep = 0.1;
    private const double Grow = 1.2;
    private const double Shrink = 0.5;
    private const double SmallestStep = 1e-4;
    private const double LargestStep = 0.5;

    private readonly double[] _steps;
    private readonly double[] _before;

    public Rprop(int count)
    {
        (_steps, _before) = (new double[count], new double[count]);
        Array.Fill(_steps, FirstStep);
    }

    /// <summary>Moves a point against its gradient.</summary>
    public void Step(double[] point, double[] gradient)
    {
        for (var index = 0; index < point.Length; index++)
        {
            var agreement = gradient[index] * _before[index];
            _steps[index] = agreement > 0 ? Math.Min(_steps[index] * Grow, LargestStep) : agreement < 0 ? Math.Max(_steps[index] * Shrink, SmallestStep) : _steps[index];
            _before[index] = agreement < 0 ? 0 : gradient[index];
            point[index] -= Math.Sign(_before[index]) * _steps[index];
        }
    }
}
