using Headroom.Fpga.Records;
using static TorchSharp.torch;

namespace Headroom.Fpga.Surrogates.Torch;

/// <summary>Scales of inputs and labels, found on training rows: numerics to mean 0 and deviation 1 (missing ones become 0), labels as (ln(y + 1e-6) - mean) / deviation.</summary>
internal sealed class DesignScaling
{
    private const double Tiny = 1e-6;

    private readonly (float Mean, float Deviation)[] numerics;
    private readonly (float Mean, float Deviation)[] summary;
    private readonly (double Mean, double Deviation, double Largest)[] labels;

    public DesignScaling(IReadOnlyList<SynthesisRecord> train)
    {
        var layers = train.SelectMany(record => LayerEncoding.Layers(record.Design)).ToArray();
        numerics = [.. Enumerable.Range(0, LayerEncoding.Numerics).Select(column => Spread([.. layers.Select(row => row[column]).Where(value => value >= 0)]))];
        var summaries = train.Select(record => DesignSummary.Of(record.Design)).ToArray();
        summary = [.. Enumerable.Range(0, DesignSummary.Width).Select(column => Spread([.. summaries.Select(row => row[column])]))];
        labels = [.. Targets.All.Select(target => Label([.. train.Select(record => record[target]).OfType<double>()]))];
    }

    /// <summary>The layers, padded to the longest design of the batch.</summary>
    public (Tensor Layers, Tensor IsPadding) Layers(IReadOnlyList<SynthesisRecord> designs)
    {
        var rows = designs.Select(record => LayerEncoding.Layers(record.Design)).ToArray();
        var length = Math.Max(1, rows.Max(row => row.Length));
        var values = new float[rows.Length, length, LayerEncoding.Width];
        var padding = new bool[rows.Length, length];
        for (var design = 0; design < rows.Length; design++)
        {
            for (var layer = 0; layer < length; layer++)
            {
                padding[design, layer] = layer >= Math.Max(1, rows[design].Length);
                for (var column = 0; column < LayerEncoding.Width && layer < rows[design].Length; column++)
                {
                    values[design, layer, column] = Scaled(rows[design][layer][column], column);
                }
            }
        }

        return (tensor(values), tensor(padding));
    }

    public static Tensor Graph(IReadOnlyList<SynthesisRecord> designs) => Matrix([.. designs.Select(record => LayerEncoding.Graph(record.Design))]);

    public Tensor Summary(IReadOnlyList<SynthesisRecord> designs) => Matrix([.. designs.Select(record =>
        DesignSummary.Of(record.Design).Select((value, column) => (value - summary[column].Mean) / summary[column].Deviation).ToArray())]);

    /// <summary>Scaled labels and which of them are there, both designs x targets.</summary>
    public (Tensor Values, Tensor IsThere) Labels(IReadOnlyList<SynthesisRecord> designs)
    {
        var values = new float[designs.Count, Targets.All.Count];
        var there = new float[designs.Count, Targets.All.Count];
        for (var design = 0; design < designs.Count; design++)
        {
            for (var target = 0; target < Targets.All.Count; target++)
            {
                if (designs[design][Targets.All[target]] is { } value)
                {
                    values[design, target] = (float)((Math.Log(value + Tiny) - labels[target].Mean) / labels[target].Deviation);
                    there[design, target] = 1;
                }
            }
        }

        return (tensor(values), tensor(there));
    }

    /// <summary>Back to a count; never more than the largest in training, as the paper caps. Null for a target never seen.</summary>
    public double? Count(float scaled, Target target)
    {
        var label = labels[(int)target];
        if (label.Largest < 0)
        {
            return null;
        }

        var count = Math.Clamp(Math.Exp(Math.Min(40, (scaled * label.Deviation) + label.Mean)) - Tiny, 0, label.Largest);
        return target.IsWhole() ? Math.Round(count) : count;
    }

    private float Scaled(float value, int column) => column >= LayerEncoding.Numerics ? value
        : value < 0 ? 0 : (value - numerics[column].Mean) / numerics[column].Deviation;

    private static Tensor Matrix(float[][] rows)
    {
        var values = new float[rows.Length, rows[0].Length];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                values[row, column] = rows[row][column];
            }
        }

        return tensor(values);
    }

    private static (float Mean, float Deviation) Spread(float[] values)
    {
        if (values.Length == 0)
        {
            return (0, 1);
        }

        var mean = values.Average();
        var deviation = MathF.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return (mean, deviation < 1e-6f ? 1 : deviation);
    }

    private static (double Mean, double Deviation, double Largest) Label(double[] values)
    {
        if (values.Length == 0)
        {
            return (0, 1, -1);
        }

        var logarithms = Array.ConvertAll(values, value => Math.Log(value + Tiny));
        var mean = logarithms.Average();
        var deviation = Math.Sqrt(logarithms.Average(value => (value - mean) * (value - mean)));
        return (mean, deviation < 1e-6 ? 1 : deviation, values.Max());
    }
}
