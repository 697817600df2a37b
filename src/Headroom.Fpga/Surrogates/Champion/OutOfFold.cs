using Headroom.Learning.Tabular;

namespace Headroom.Fpga.Surrogates.Champion;

/// <summary>Predicts every row by a model that has not seen its fold.</summary>
internal static class OutOfFold
{
    public static double[] Predict(TabularSet set, int[] foldOf, Func<TabularSet, CancellationToken, ITabularModel> fit, CancellationToken cancellationToken)
    {
        var predicted = new double[set.Count];
        foreach (var fold in Enumerable.Range(0, set.Count).GroupBy(row => foldOf[row]))
        {
            var test = fold.ToArray();
            var rest = Enumerable.Range(0, set.Count).Where(row => foldOf[row] != fold.Key).ToArray();
            var model = fit(set.Take(rest), cancellationToken);
            using var held = model as IDisposable;
            foreach (var (value, index) in model.Predict([.. test.Select(row => set.Features[row])]).Select((value, index) => (value, index)))
            {
                predicted[test[index]] = value;
            }
        }

        return predicted;
    }
}
