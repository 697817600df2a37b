using System.Globalization;

namespace Headroom.Learning.LightGbm;

/// <summary>How to grow trees with LightGBM. Names follow its parameters.</summary>
public sealed record LightGbmOptions
{
    /// <summary>regression (squared error), regression_l1, huber, gamma, quantile or binary.</summary>
    public string Objective { get; init; } = "regression";

    /// <summary>gbdt, or rf for a forest of independent trees.</summary>
    public string Boosting { get; init; } = "gbdt";

    /// <summary>Quantile (objective quantile) or width (huber).</summary>
    public double Alpha { get; init; } = 0.9;

    /// <summary>Trees.</summary>
    public int Rounds { get; init; } = 300;

    public double LearningRate { get; init; } = 0.05;

    public int Leaves { get; init; } = 31;

    public int MinRowsInLeaf { get; init; } = 10;

    /// <summary>Share of columns each tree may use.</summary>
    public double FeatureFraction { get; init; } = 1;

    /// <summary>Share of columns each split may use.</summary>
    public double FeatureFractionBySplit { get; init; } = 1;

    /// <summary>Share of rows each tree sees.</summary>
    public double BaggingFraction { get; init; } = 1;

    public double LambdaL2 { get; init; }

    /// <summary>Steps each column is cut into before growing; fewer are faster.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>Thresholds of splits drawn at random instead of searched.</summary>
    public bool ExtraTrees { get; init; }

    /// <summary>Linear models in the leaves.</summary>
    public bool LinearTrees { get; init; }

    /// <summary>1 rising, -1 falling, 0 free, per column; null when all are free.</summary>
    public IReadOnlyList<int>? Monotone { get; init; }

    /// <summary>Columns whose numbers are names of categories.</summary>
    public IReadOnlyList<int> CategoricalColumns { get; init; } = [];

    public int Threads { get; init; } = 1;

    internal string DatasetParameters(int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"verbosity=-1 num_threads={Threads} data_random_seed={seed} min_data_in_leaf={MinRowsInLeaf} min_data_in_bin=1 max_bin={MaxBins} feature_pre_filter=false linear_tree={Text(LinearTrees)}{Categorical()}");

    internal string BoosterParameters(int seed)
    {
        var bagging = BaggingFraction < 1 ? 1 : 0;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"verbosity=-1 num_threads={Threads} deterministic=true max_bin={MaxBins} force_row_wise=true seed={seed} objective={Objective} boosting={Boosting} alpha={Alpha} learning_rate={LearningRate} num_leaves={Leaves} min_data_in_leaf={MinRowsInLeaf} min_sum_hessian_in_leaf=0.000001 feature_fraction={FeatureFraction} feature_fraction_bynode={FeatureFractionBySplit} bagging_fraction={BaggingFraction} bagging_freq={bagging} lambda_l2={LambdaL2} extra_trees={Text(ExtraTrees)} linear_tree={Text(LinearTrees)}{Categorical()}");
        return Monotone is null ? text : $"{text} monotone_constraints={string.Join(',', Monotone)}";
    }

    private string Categorical() => CategoricalColumns.Count == 0 ? "" : $" categorical_feature={string.Join(',', CategoricalColumns)}";

    private static string Text(bool value) => value ? "true" : "false";
}
