namespace Headroom.MemoryPlacement.Costs;

/// <summary>Minimises a function of a few variables without its gradient (Nelder and Mead 1965, the standard coefficients).</summary>
internal static class NelderMead
{
    public static double[] Minimise(Func<double[], double> cost, double[] start, double step = 0.3, int iterations = 1_500)
    {
        var size = start.Length;
        var points = new List<(double[] At, double Cost)> { (start, cost(start)) };
        for (var axis = 0; axis < size; axis++)
        {
            var moved = (double[])start.Clone();
            moved[axis] += step;
            points.Add((moved, cost(moved)));
        }

        for (var iteration = 0; iteration < iterations; iteration++)
        {
            points.Sort((a, b) => a.Cost.CompareTo(b.Cost));
            var worst = points[size];
            if (worst.Cost - points[0].Cost < 1e-10)
            {
                break;
            }

            var centre = new double[size];
            for (var axis = 0; axis < size; axis++)
            {
                centre[axis] = points.Take(size).Average(point => point.At[axis]);
            }

            var reflected = Along(centre, worst.At, -1);
            if (reflected.Cost < points[0].Cost)
            {
                var expanded = Along(centre, worst.At, -2);
                points[size] = expanded.Cost < reflected.Cost ? expanded : reflected;
            }
            else if (reflected.Cost < points[size - 1].Cost)
            {
                points[size] = reflected;
            }
            else if (Along(centre, worst.At, reflected.Cost < worst.Cost ? -0.5 : 0.5) is var contracted && contracted.Cost < Math.Min(worst.Cost, reflected.Cost))
            {
                points[size] = contracted;
            }
            else
            {
                for (var index = 1; index <= size; index++)
                {
                    points[index] = Along(points[0].At, points[index].At, 0.5);
                }
            }
        }

        return points.MinBy(point => point.Cost).At;

        (double[] At, double Cost) Along(double[] from, double[] to, double factor)
        {
            var at = new double[size];
            for (var axis = 0; axis < size; axis++)
            {
                at[axis] = from[axis] + (factor * (to[axis] - from[axis]));
            }

            return (at, cost(at));
        }
    }
}
