using Headroom.Learning.Tabular;

namespace Headroom.Learning.LightGbm;

/// <summary>Boosted trees. Safe to use from several threads at once.</summary>
public sealed class LightGbmModel : ITabularModel, IDisposable
{
    private readonly BoosterHandle _booster;
    private readonly int _columns;

    private LightGbmModel(BoosterHandle booster, int columns) => (_booster, _columns) = (booster, columns);

    /// <summary>Grows the trees.</summary>
    public static LightGbmModel Train(TabularSet train, LightGbmOptions options, int seed, CancellationToken cancellationToken)
    {
        if (train.Count == 0)
        {
            throw new ArgumentException("Expected at least one training row, got none.", nameof(train));
        }

        LightGbmNative.Check(LightGbmNative.DatasetCreate(
            Flat(train.Features), LightGbmNative.Float32, train.Count, train.Columns.Count, 1, options.DatasetParameters(seed), 0, out var dataset));
        try
        {
            var targets = Array.ConvertAll(train.Targets, target => (float)target);
            LightGbmNative.Check(LightGbmNative.DatasetSetField(dataset, "label", targets, targets.Length, LightGbmNative.Float32));
            if (train.Weights is { } weights)
            {
                LightGbmNative.Check(LightGbmNative.DatasetSetField(dataset, "weight", weights, weights.Length, LightGbmNative.Float32));
            }

            LightGbmNative.Check(LightGbmNative.BoosterCreate(dataset, options.BoosterParameters(seed), out var native));
            var booster = new BoosterHandle(native);
            for (var round = 0; round < options.Rounds; round++)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    booster.Dispose();
                    cancellationToken.ThrowIfCancellationRequested();
                }

                LightGbmNative.Check(LightGbmNative.BoosterUpdateOneIteration(native, out var finished));
                if (finished != 0)
                {
                    break;
                }
            }

            using (booster)
            {
                // The trained booster keeps pointing at the data set; the text form does not.
                return Load(Save(native), train.Columns.Count);
            }
        }
        finally
        {
            _ = LightGbmNative.DatasetFree(dataset);
        }
    }

    /// <summary>Reads what <see cref="Save()"/> wrote.</summary>
    public static LightGbmModel Load(byte[] text, int columns)
    {
        var terminated = new byte[text.Length + 1];
        text.CopyTo(terminated, 0);
        LightGbmNative.Check(LightGbmNative.BoosterLoadFromString(terminated, out _, out var booster));
        return new LightGbmModel(new BoosterHandle(booster), columns);
    }

    /// <summary>The model as LightGBM's own text format, UTF-8.</summary>
    public byte[] Save() => Use(Save);

    public double[] Predict(float[][] rows) => rows.Length == 0 ? [] : Run(rows, LightGbmNative.PredictNormal, 1);

    /// <summary>Share of each column in each prediction (SHAP values), the base value last: a row's sum is its raw prediction.</summary>
    public double[][] Contributions(float[][] rows)
    {
        if (rows.Length == 0)
        {
            return [];
        }

        var width = _columns + 1;
        var flat = Run(rows, LightGbmNative.PredictContributions, width);
        return [.. Enumerable.Range(0, rows.Length).Select(row => flat[(row * width)..((row + 1) * width)])];
    }

    public void Dispose() => _booster.Dispose();

    private double[] Run(float[][] rows, int kind, int width)
    {
        if (Array.FindIndex(rows, row => row.Length != _columns) is >= 0 and var wrong)
        {
            throw new ArgumentException($"Expected rows of {_columns} columns, row {wrong} has {rows[wrong].Length}.", nameof(rows));
        }

        return Use(booster =>
        {
            var result = new double[rows.Length * width];
            LightGbmNative.Check(LightGbmNative.BoosterPredict(
                booster, Flat(rows), LightGbmNative.Float32, rows.Length, _columns, 1, kind, 0, -1, "num_threads=1 verbosity=-1", out _, result));
            return result;
        });
    }

    private T Use<T>(Func<nint, T> call)
    {
        var added = false;
        try
        {
            _booster.DangerousAddRef(ref added);
            return call(_booster.DangerousGetHandle());
        }
        finally
        {
            if (added)
            {
                _booster.DangerousRelease();
            }
        }
    }

    private static byte[] Save(nint booster)
    {
        var text = new byte[1 << 20];
        LightGbmNative.Check(LightGbmNative.BoosterSaveToString(booster, 0, -1, 0, text.Length, out var length, text));
        if (length > text.Length)
        {
            text = new byte[length];
            LightGbmNative.Check(LightGbmNative.BoosterSaveToString(booster, 0, -1, 0, text.Length, out length, text));
        }

        return text[..(int)(length - 1)];
    }

    private static float[] Flat(float[][] rows)
    {
        var width = rows[0].Length;
        var flat = new float[rows.Length * width];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row].CopyTo(flat, row * width);
        }

        return flat;
    }
}
