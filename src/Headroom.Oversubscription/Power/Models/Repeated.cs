using Headroom.Learning.Tabular;

namespace Headroom.Oversubscription.Power.Models;

/// <summary>The mean of several fits that differ in their seed: less of the luck of one draw of rows and columns.</summary>
public sealed class Repeated(ITabularRegressor inner, int times) : ITabularRegressor
{
    public string Name => $"{inner.Name} x{times}";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken) =>
        new Model([.. Enumerable.Range(0, times).Select(time => inner.Fit(train, (seed * 1000) + time, cancellationToken))]);

    private sealed record Model(IReadOnlyList<ITabularModel> Fits) : ITabularModel
    {
        public double[] Predict(float[][] rows)
        {
            var fits = Fits.Select(fit => fit.Predict(rows)).ToArray();
            return [.. rows.Select((_, row) => fits.Average(fit => fit[row]))];
        }
    }
}
