using Headroom.Learning.Scaling;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Headroom.Learning.Tabular;

/// <summary>Gradient boosting with ML.NET's FastTree, which leaves rows with a missing value out of training: here the training mean stands for it.</summary>
public sealed class FastTreeRegressor(int trees = 300, int leaves = 31, double learningRate = 0.05, int minRowsInLeaf = 10) : ITabularRegressor
{
    public string Name => "gradient boosting (FastTree)";

    public ITabularModel Fit(TabularSet train, int seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = new MLContext(seed);
        var scaler = StandardScaler.Fit(train.Features);
        var rows = train.Features.Select((row, index) => new FastTreeRow
        {
            Features = scaler.Transform(row),
            Label = (float)train.Targets[index],
            Weight = train.Weights?[index] ?? 1,
        });
        var model = context.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            NumberOfTrees = trees,
            NumberOfLeaves = leaves,
            LearningRate = learningRate,
            MinimumExampleCountPerLeaf = minRowsInLeaf,
            FeatureFraction = 0.8,
            BaggingSize = 1,
            BaggingExampleFraction = 0.8,
            ExampleWeightColumnName = nameof(FastTreeRow.Weight),
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        }).Fit(context.Data.LoadFromEnumerable(rows, FastTreeRow.Schema(train.Columns.Count)));
        return new FastTreeModel(context, model, scaler);
    }
}

internal sealed class FastTreeModel(MLContext context, ITransformer model, StandardScaler scaler) : ITabularModel
{
    public double[] Predict(float[][] rows)
    {
        var input = context.Data.LoadFromEnumerable(rows.Select(row => new FastTreeRow { Features = scaler.Transform(row) }), FastTreeRow.Schema(scaler.Means.Count));
        return [.. model.Transform(input).GetColumn<float>("Score").Select(score => (double)score)];
    }
}

internal sealed class FastTreeRow
{
    public float[] Features { get; set; } = [];

    public float Label { get; set; }

    public float Weight { get; set; } = 1;

    public static SchemaDefinition Schema(int columns)
    {
        var schema = SchemaDefinition.Create(typeof(FastTreeRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return schema;
    }
}
